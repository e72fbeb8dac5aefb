"""The small world that the cases of compare.d share: made-up projects, indexes, a links page, a git repository.

    python world.py FOLDER
    python world.py wheel FOLDER NAME VERSION

The first writes, with the same bytes on every run:

    FOLDER/files         wheels of lantern, harbor, buoy, keel and oars; source distributions of anchor and mast
    FOLDER/simple        an index of them (PEP 503, in HTML, served as it is)
    FOLDER/extra         another index, with an older lantern, and gull that the first doesn't have
    FOLDER/boats.tar.gz  the project dinghy, in boats/dinghy
    FOLDER/repository    a git repository: skiff at its root, dinghy in boats/dinghy; the tag v1, one commit more on main

None of these names may ever be asked of a real index: a case that uses them names the made-up index, or a file.
"""

import base64
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

MOMENT = 1_700_000_000


def write_wheel(folder, name, version, requires=(), extras=()):
    """A wheel with metadata and one empty module."""
    stem = f"{name}-{version}"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
    metadata += [f"Requires-Dist: {requirement}\n" for requirement in requires]
    metadata += [f"Provides-Extra: {extra}\n" for extra in extras]
    files = {
        f"{name}.py": "",
        f"{stem}.dist-info/METADATA": "".join(metadata),
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: world\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{stem}.dist-info/RECORD"
    lines = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(text)}\n")
    files[record] = "".join(lines) + f"{record},,\n"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)


def write_source_distribution(folder, name, version, requires=(), says_all=True):
    """A source distribution with a build backend of its own, which needs nothing.

    Where it `says_all`, its metadata (version 2.2) is static; else only a build tells what it requires.
    """
    head = f"Name: {name}\nVersion: {version}\n"
    tail = "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    files = {
        "PKG-INFO": f"Metadata-Version: 2.2\n{head}{tail}" if says_all else f"Metadata-Version: 2.1\n{head}",
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "backend.py": BACKEND.format(info=f"{name}-{version}.dist-info", metadata=f"Metadata-Version: 2.1\n{head}{tail}"),
    }
    write_archive(folder / f"{name}-{version}.tar.gz", {f"{name}-{version}/{path}": text for path, text in files.items()})


def write_archive(path, files):
    """A compressed tar archive."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            entry.mtime = MOMENT
            archive.addfile(entry, io.BytesIO(text.encode()))
    # Not by gzip: the header that it writes differs between Python's versions
    compressor = zlib.compressobj(wbits=31)
    path.write_bytes(compressor.compress(plain.getvalue()) + compressor.flush())


BACKEND = '''"""Tells the metadata; builds nothing else."""
from pathlib import Path


def prepare_metadata_for_build_wheel(directory, settings=None):
    folder = Path(directory, "{info}")
    folder.mkdir()
    (folder / "METADATA").write_text("""{metadata}""")
    return folder.name


def build_wheel(directory, settings=None, metadata=None):
    raise NotImplementedError
'''


def project(name, version, requires=()):
    """A pyproject.toml with one module."""
    return (
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'
        f'[project]\nname = "{name}"\nversion = "{version}"\ndependencies = {list(requires)}\n\n'
        f'[tool.setuptools]\npy-modules = ["{name}"]\n'
    )


def write_index(folder, files, withdrawn=()):
    """A page a project, with the SHA-256 of each file; `withdrawn` files are yanked."""
    pages = {}
    for path in sorted(files):
        name = path.name.split("-")[0]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yanked = ' data-yanked="by mistake"' if path.name in withdrawn else ""
        link = f'<a href="{os.path.relpath(path, folder / name)}#sha256={digest}"{yanked}>{path.name}</a><br>\n'
        pages.setdefault(name, []).append(link)
    for name, links in pages.items():
        page = folder / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<!DOCTYPE html>\n" + "".join(links))


def write_repository(folder):
    """Two commits whose ids are the same on every run."""
    environment = {
        "PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
           for key, value in {"NAME": "world", "EMAIL": "world@example.org", "DATE": f"{MOMENT} +0000"}.items()},
    }

    def git(*words):
        subprocess.run(["git", "-C", folder, *words], env=environment, check=True, capture_output=True)

    def commit(version, requires):
        for place, name in ((folder, "skiff"), (folder / "boats" / "dinghy", "dinghy")):
            place.mkdir(parents=True, exist_ok=True)
            (place / "pyproject.toml").write_text(project(name, version, requires))
            (place / f"{name}.py").write_text("")
        git("add", ".")
        git("commit", "--quiet", "--message", version)

    folder.mkdir()
    git("init", "--quiet", "--initial-branch", "main")
    commit("1.0", ["six"])
    git("tag", "v1")
    commit("2.0", ["six", "idna"])


def main(root):
    files = root / "files"
    files.mkdir(parents=True)
    for version in ("1.0", "1.5", "2.0", "2.1rc1", "2.2"):
        write_wheel(files, "lantern", version)
    write_wheel(files, "harbor", "1.0", ["lantern>=1.0", 'buoy; extra == "night"', 'oars; extra == "Day_Time"'],
                ["night", "Day_Time"])
    write_wheel(files, "buoy", "1.0", ["lantern<2"])
    write_wheel(files, "keel", "1.0", ["harbor[night]", 'oars; python_version < "3"'])
    write_wheel(files, "oars", "1.0")
    write_source_distribution(files, "anchor", "1.0", ["lantern"])
    write_source_distribution(files, "mast", "1.0", ["lantern<2"], says_all=False)
    write_index(root / "simple", files.iterdir(), withdrawn=["lantern-2.2-py3-none-any.whl"])

    other = root / "other"
    other.mkdir()
    write_wheel(other, "lantern", "0.9")
    write_wheel(other, "gull", "1.0")
    write_index(root / "extra", other.iterdir())
    write_archive(root / "boats.tar.gz", {"boats/dinghy/pyproject.toml": project("dinghy", "1.0", ["six"])})

    write_repository(root / "repository")


if sys.argv[1] == "wheel":
    write_wheel(Path(sys.argv[2]), *sys.argv[3:])
else:
    main(Path(sys.argv[1]))
