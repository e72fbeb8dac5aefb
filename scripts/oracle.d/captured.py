"""Captures what the sets in Fixtures/captured need: each project's releases, and what each release asks for.

    python captured.py FOLDER SET [--newest N] REQUIREMENT…

writes FOLDER/SET.txt: the requirements, then for each project that any release of the set may come to need a line with
its name, and a line for each of its releases, tab-separated:

    version   kind   Requires-Python or -   requirements, " | " between them

The kind is `w`: a wheel for the target (CPython 3.12 on x86-64 Linux, glibc); `f`: a source distribution and a wheel for
another target, which tells the metadata; `F`: wheels for other targets alone; `s`: a source distribution whose metadata
takes a build; `x`: one whose metadata can't be read. Releases that ask for another Python are left out. Of the requirements, those of extras are left out, and
so are markers that hold. Files that were uploaded after 2026-10-31 are left out, so that a set can be captured again.

With --newest, of each project the N newest releases alone.

It needs pip and packaging, and the index that pip uses.
"""

import concurrent.futures
import json
import os
import re
import sys
import threading
from pathlib import Path
from zipfile import BadZipFile

from packaging.markers import default_environment
from packaging.metadata import RawMetadata, parse_email
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import InvalidVersion
from pip._internal.exceptions import InvalidWheel, UnsupportedWheel
from pip._internal.models.index import PyPI
from pip._internal.network.lazy_wheel import dist_from_wheel_url
from pip._internal.network.session import PipSession

LAST = "2026-11-01"
PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)]
PLATFORMS += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"]
TAGS = set(cpython_tags((3, 12), platforms=PLATFORMS)) | set(compatible_tags((3, 12), "cp312", PLATFORMS))
ENVIRONMENT = default_environment() | {
    "python_version": "3.12", "python_full_version": "3.12.0", "implementation_version": "3.12.0",
    "os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64",
    "platform_python_implementation": "CPython", "implementation_name": "cpython", "extra": "",
}
INDEX = os.environ.get("PIP_INDEX_URL", PyPI.simple_url).rstrip("/")
ACCEPT = {"Accept": "application/vnd.pypi.simple.v1+json"}

local = threading.local()


def session():
    if not hasattr(local, "session"):
        local.session = PipSession(retries=3)
    return local.session


def releases(name):
    """The files of each version, as far as the target's Python is concerned."""
    response = session().get(f"{INDEX}/{name}/", headers=ACCEPT)
    if response.status_code == 404:
        return {}
    response.raise_for_status()
    found = {}
    for file in json.loads(response.text)["files"]:
        if (file.get("upload-time") or "") >= LAST or file.get("yanked"):
            continue
        required = file.get("requires-python")
        try:
            if required and "3.12.0" not in SpecifierSet(required):
                continue
        except InvalidSpecifier:
            pass
        filename = file["filename"]
        try:
            if filename.endswith(".whl"):
                _, version, _, tags = parse_wheel_filename(filename)
                kind = "w" if tags & TAGS else "F"
            elif filename.endswith((".tar.gz", ".zip")):
                _, version = parse_sdist_filename(filename)
                kind = "s"
            else:
                continue
        except (InvalidVersion, ValueError):
            continue
        found.setdefault(version, {}).setdefault(kind, []).append(file)
    return found


def metadata(file) -> RawMetadata:
    url = file["url"]
    if not url.startswith("http"):
        url = f"{INDEX}/{url}"
    response = session().get(url.split("#")[0] + ".metadata")
    if response.status_code == 200:
        return parse_email(response.content)[0]
    name = canonicalize_name(file["filename"].split("-")[0])
    distribution = dist_from_wheel_url(name, url.split("#")[0], session())
    message = distribution.metadata
    return {"requires_dist": message.get_all("Requires-Dist", []), "requires_python": message["Requires-Python"]}


def line(version, files):
    kind = next(kind for kind in ("w", "F", "s") if kind in files)
    if kind == "s":
        return f"{version}\ts\t-\t", []
    try:
        found = metadata(files[kind][0])
    except (UnsupportedWheel, BadZipFile, InvalidWheel):
        return f"{version}\tx\t-\t", []
    if kind == "F" and "s" in files:
        kind = "f"
    needed = []
    for text in found.get("requires_dist", []):
        try:
            requirement = Requirement(re.sub(r"\((.*?)\)", r"\1", text) if "@" not in text else text)
        except InvalidRequirement:
            continue
        if requirement.marker and not requirement.marker.evaluate(ENVIRONMENT):
            continue
        requirement.marker = None
        needed.append(requirement)
    return f"{version}\t{kind}\t{found.get('requires_python') or '-'}\t{' | '.join(map(str, needed))}", needed


def capture(folder, name, newest, requirements):
    wanted = [canonicalize_name(Requirement(text).name) for text in requirements]
    done = {}
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        while wanted:
            project = wanted.pop()
            if project in done:
                continue
            found = releases(project)
            done[project] = []
            for text, needed in pool.map(lambda item: line(*item), sorted(found.items())[-newest:]):
                done[project].append(text)
                wanted += [canonicalize_name(requirement.name) for requirement in needed]
            print(f"{name}: {project}: {len(done[project])}", file=sys.stderr)
    text = "".join(f"> {requirement}\n" for requirement in requirements)
    for project, lines in sorted(done.items()):
        text += project + "\n" + "".join(line + "\n" for line in lines)
    Path(folder, f"{name}.txt").write_text(text)


if __name__ == "__main__":
    folder, name, *rest = sys.argv[1:]
    newest = 0
    if rest[0] == "--newest":
        newest, rest = int(rest[1]), rest[2:]
    capture(folder, name, newest, rest)
