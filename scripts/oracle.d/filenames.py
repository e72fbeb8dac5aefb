"""Writes what `packaging` says about file names that an index has, as a table the tests hold row by row.

    filenames.py INDEX_URL DIRECTORY

Needs `packaging` 26.3 and `pip`, which reads a dozen projects' pages from the index. The table has file names and their
parts only. The choice among an index's files is seeded; the table changes as the index grows. Texts are escaped: a
backslash, a control character and everything outside ASCII stand as \\uXXXX.

filenames.tsv
    wheel    file name  name  version  build number and suffix ("-" for none)  tags, sorted, separated by spaces
    sdist    file name  name  version  project on whose page the file is ("-" if invented)
    other    file name  project: on a page, but neither to `packaging`
    invalid  file name: an invented one that `packaging` refuses as wheel and as source distribution
"""

import pathlib
import random
import sys
import urllib.parse

import packaging
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._internal.commands import create_command
from pip._internal.index.collector import LinkCollector, parse_links
from pip._internal.models.link import Link
from pip._internal.models.search_scope import SearchScope

SEED = 427
PROJECTS = [
    "cryptography", "grpcio", "lxml", "numpy", "pillow", "psycopg2-binary", "python-dateutil", "pyyaml", "setuptools",
    "torch", "zope-interface", "uv",
]  # fmt: skip
WHEELS_OF_EACH = 110
OTHERS_OF_EACH = 40

INVENTED = """
foo-1.0-py3-none-any.whl
foo-1.0-py2.py3-none-any.whl
Foo.Bar-1.0-py3-none-any.whl
foo_bar-1.0-1-py3-none-any.whl
foo_bar-1.0-1a-py3-none-any.whl
foo_bar-1.0-01_x.y-py3-none-any.whl
foo-1.0+local.1-cp311-abi3-linux_x86_64.whl
foo-1.0.POST1-py3-none-any.whl
foo-v1.0-py3-none-any.whl
foo-1!1.0-py3-none-any.whl
foo-1.0_1-py3-none-any.whl
foo-1.0_post1-py3-none-any.whl
foo-1.0-CP311-CP311-WIN_AMD64.whl
foo-1.0-py3-none-any.WHL
foo-1.0-py3-none.whl
foo-1.0-py3-none-any-x-y.whl
foo-bar-1.0-py3-none-any.whl
foo__bar-1.0-py3-none-any.whl
_foo-1.0-py3-none-any.whl
foo_-1.0-py3-none-any.whl
-1.0-py3-none-any.whl
f\u00f6o-1.0-py3-none-any.whl
foo!-1.0-py3-none-any.whl
foo-x-py3-none-any.whl
foo--py3-none-any.whl
foo-1.0-x1-py3-none-any.whl
foo-1.0--py3-none-any.whl
foo-1.0-3-none-any.whl
foo-1.0-py.-none-any.whl
foo-1.0-py3..py2-none-any.whl
foo-1.0-py3--any.whl
foo-1.0-py3-none-.whl
foo-1.0-py3-none-any
foo-1.0-99999999999999999999-py3-none-any.whl
.whl
foo-1.0.tar.gz
Foo_Bar-1.0.tar.gz
foo.bar-1.0.zip
foo-bar-1.0.zip
foo-bar-1.0rc1.tar.gz
foo-1.0-1.tar.gz
foo-1.0.post1.tar.gz
foo-v1.0.tar.gz
foo-1.0+local.tar.gz
foo-1.0.tar.bz2
foo-1.0.tar.xz
foo-1.0.tgz
foo-1.0.tar.Z
foo-1.0.tar
foo-1.0.egg
foo-1.0-py3.11.egg
foo-1.0.win32.exe
foo-1.0-1.noarch.rpm
foo-1.0.linux-x86_64.tar.gz
foo-1.0.win-amd64.zip
foo-1.0-src.tar.gz
foo-.tar.gz
-1.0.tar.gz
foo.tar.gz
1.0.tar.gz
.tar.gz
foo-1.0.TAR.GZ
foo-1.0.tar.gz.asc
foo-1.0.dmg
foo-1.0.deb
foo-1.0.msi
""".strip("\n").splitlines()


def escape(text):
    assert all(ord(c) < 0x10000 for c in text)
    return "".join(c if " " <= c <= "~" and c != "\\" else f"\\u{ord(c):04x}" for c in text)


def file_names(index_url):
    """The names on each project's page, read as pip reads it."""
    command = create_command("download")
    options, _ = command.parse_args([])
    with command.main_context():
        collector = LinkCollector(
            session=command.get_default_session(options),
            search_scope=SearchScope.create([], [index_url], no_index=False),
        )
        for project in PROJECTS:
            page = collector.fetch_response(Link(urllib.parse.urljoin(index_url.rstrip("/") + "/", project + "/")))
            assert page is not None, project
            yield project, sorted({link.filename for link in parse_links(page)})


def row(filename, project="-"):
    try:
        name, version, build, tags = parse_wheel_filename(filename)
    except InvalidWheelFilename:
        pass
    else:
        build = f"{build[0]}{build[1]}" if build else "-"
        return ["wheel", filename, name, str(version), build, " ".join(sorted(map(str, tags)))]
    try:
        name, version = parse_sdist_filename(filename)
    except InvalidSdistFilename:
        return ["invalid", filename] if project == "-" else ["other", filename, project]
    return ["sdist", filename, name, str(version), project]


def main():
    directory = pathlib.Path(sys.argv[2])
    directory.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    rows = [row(filename) for filename in INVENTED]
    for project, names in file_names(sys.argv[1]):
        found = [row(filename, project) for filename in names]
        wheels = [r for r in found if r[0] == "wheel"]
        others = [r for r in found if r[0] != "wheel"]
        rows += sorted(rng.sample(wheels, min(WHEELS_OF_EACH, len(wheels))))
        rows += sorted(rng.sample(others, min(OTHERS_OF_EACH, len(others))))
    header = f"# packaging {packaging.__version__}, seed {SEED}; written by scripts/oracle.d/filenames.py\n"
    path = directory / "filenames.tsv"
    lines = ("\t".join(map(escape, r)) + "\n" for r in rows)
    path.write_text(header + "".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
