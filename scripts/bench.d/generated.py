"""An index that there isn't, for sets of many requirements: projects with a few dozen releases that need each other.

The same each time. Every release of a project needs up to three projects of the layer above, within a range that holds;
its page looks like one of a real index (two wheels and a source distribution for each release).
"""

import hashlib
import json
import random

LAYERS = 5


class Generated:
    def __init__(self, count):
        self.random = random.Random(20_261_124)
        self.layers = [[f"package-{layer}-{number:04}" for number in range(count // (1, 2, 4, 8, 16)[layer])]
                       for layer in range(LAYERS)]
        self.pages = {}
        self.metadata = {}
        for layer in range(LAYERS):
            for name in self.layers[layer]:
                self._add(name, layer)

    def names(self, count):
        """The first so many projects that nothing else needs."""
        return self.layers[0][:count]

    def _add(self, name, layer):
        above = self.layers[layer + 1] if layer + 1 < LAYERS else []
        needed = self.random.sample(above, min(len(above), self.random.randint(0, 3)))
        releases = self.random.randint(10, 60)
        files = []
        for number in range(releases):
            version = f"{1 + number // 12}.{number % 12}.{self.random.randint(0, 3)}"
            stem = f"{name.replace('-', '_')}-{version}"
            lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Requires-Python: >=3.8",
                     "Summary: " + "A project that there isn't. " * 3]
            lines += [f"Requires-Dist: {other}>=1.{self.random.randint(0, 9)}" for other in needed]
            body = ("\n".join(lines) + "\n\n" + "Words that nobody reads.\n" * 120).encode()
            day = f"{2020 + number // 12}-{1 + number % 12:02}-15T12:00:00.000000Z"
            for filename in (f"{stem}-py3-none-any.whl", f"{stem}-cp312-cp312-manylinux_2_28_x86_64.whl",
                             f"{stem}.tar.gz"):
                digest = hashlib.sha256(filename.encode()).hexdigest()
                file = {"filename": filename, "hashes": {"sha256": digest}, "requires-python": ">=3.8",
                        "size": 40_000 + number, "upload-time": day, "url": "", "yanked": False}
                if filename.endswith(".whl"):
                    self.metadata[digest, filename] = body
                files.append(file)
        self.pages[name] = {"meta": {"api-version": "1.1"}, "name": name, "files": files,
                            "versions": sorted({file["filename"].split("-")[1].removesuffix(".tar.gz")
                                                for file in files})}


if __name__ == "__main__":
    made = Generated(1000)
    print(len(made.pages), "projects,", sum(len(json.dumps(page)) for page in made.pages.values()) >> 20, "MiB of pages")
