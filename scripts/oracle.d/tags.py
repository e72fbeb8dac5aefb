"""Writes the wheel tags that `packaging` gives environments, as a table the tests hold row by row.

    tags.py DIRECTORY

Needs `packaging` 26.3 and nothing else; what it would ask the running interpreter is patched, so that the same release
writes the same bytes on every machine.

tags.tsv
    platform  kind  major  minor  architecture  tags, separated by spaces
              kind: manylinux, musllinux, linux, macos, windows, other (the numbers are "-" where there are none)
    triples   implementation  major  minor  flags (t free-threaded, d debug, - none)  the five fields of the platform
              number of triples  their FNV-1a hash (64 bits, hexadecimal, of the triples joined by spaces)  the triples,
              separated by spaces, where they are few; else "-"
"""

import pathlib
import sys
from unittest import mock

import packaging
from packaging import _manylinux, _musllinux, tags

PLATFORMS = (
    [("manylinux", 2, minor, "x86_64") for minor in (4, 5, 6, 11, 12, 16, 17, 27, 28, 31, 35, 36, 39, 40)]
    + [("manylinux", 2, minor, "aarch64") for minor in (16, 17, 28, 34, 39)]
    + [("manylinux", 2, 17, machine) for machine in ("i686", "armv7l", "ppc64", "ppc64le", "s390x", "riscv64")]
    + [("manylinux", 2, 28, machine) for machine in ("armv6l", "mips64", "armv8l", "s390x")]
    + [("manylinux", 2, 36, "loongarch64"), ("manylinux", 2, 12, "i686"), ("manylinux", 2, 39, "riscv64")]
    + [("manylinux", 3, 1, "x86_64"), ("manylinux", 3, 0, "aarch64"), ("manylinux", 1, 9, "x86_64")]
    + [("musllinux", 1, minor, machine) for minor in (0, 1, 2, 5) for machine in ("x86_64", "aarch64")]
    + [("musllinux", 1, 2, "armv7l"), ("musllinux", 1, 2, "armv8l"), ("musllinux", 2, 0, "riscv64")]
    + [("linux", "-", "-", machine) for machine in ("x86_64", "aarch64", "armv8l", "mips")]
    + [("macos", 10, minor, machine) for minor in (3, 4, 5, 6, 9, 15, 16) for machine in ("x86_64", "i386", "ppc", "ppc64")]
    + [("macos", major, minor, machine) for major, minor in ((11, 0), (12, 3), (13, 0), (14, 5), (15, 0), (26, 1))
       for machine in ("x86_64", "arm64")]
    + [("macos", 11, 0, "i386"), ("macos", 10, 12, "intel")]
    + [("windows", "-", "-", machine) for machine in ("x86_64", "x86", "arm64")]
    + [("other", "-", "-", "freebsd_14_0_release_amd64")]
)  # fmt: skip
WINDOWS = {"x86_64": "win-amd64", "x86": "win32", "arm64": "win-arm64"}
FEW = [("windows", "-", "-", "x86_64"), ("windows", "-", "-", "x86"), ("linux", "-", "-", "aarch64")]
MANY = [
    ("manylinux", 2, 28, "x86_64"), ("manylinux", 2, 40, "aarch64"), ("musllinux", 1, 2, "x86_64"),
    ("macos", 13, 0, "arm64"), ("macos", 14, 0, "x86_64"), ("macos", 10, 15, "x86_64"),
]  # fmt: skip
PYTHONS = (
    [("cpython", 3, minor, "-") for minor in (6, 7, 8, 9, 10, 11, 12, 13, 14, 15)]
    + [("cpython", 2, 7, "-"), ("cpython", 3, 2, "-"), ("cpython", 3, 3, "-"), ("cpython", 3, 1, "-")]
    + [("cpython", 3, minor, "t") for minor in (13, 14, 15)]
    + [("cpython", 3, 7, "d"), ("cpython", 3, 11, "d"), ("cpython", 3, 14, "td"), ("cpython", 3, 12, "t")]
    + [("pypy", 3, minor, "-") for minor in (7, 9, 10, 11)]
)


def platform_tags(kind, major, minor, machine):
    if kind == "macos":
        return list(tags.mac_platforms((major, minor), machine))
    name = WINDOWS[machine] if kind == "windows" else machine if kind == "other" else f"linux-{machine}"
    glibc = (major, minor) if kind == "manylinux" else (-1, -1)
    musl = _musllinux._MuslVersion(major, minor) if kind == "musllinux" else None
    with (
        mock.patch.object(tags.sysconfig, "get_platform", lambda: name),
        mock.patch.object(_manylinux, "_get_glibc_version", lambda: _manylinux._GLibCVersion(*glibc)),
        mock.patch.object(_manylinux, "_get_manylinux_module", lambda: None),
        # The binary that would be looked at is not of that machine.
        mock.patch.object(_manylinux, "_is_linux_armhf", lambda executable: True),
        mock.patch.object(_manylinux, "_is_linux_i686", lambda executable: True),
        mock.patch.object(_musllinux, "_get_musl_version", lambda executable: musl),
    ):
        if kind in ("windows", "other"):
            return list(tags._generic_platforms())
        return list(tags._linux_platforms(is_32bit=False))


def triples(implementation, major, minor, flags, platform):
    """As `sys_tags` puts them together."""
    variables = {
        "Py_DEBUG": int("d" in flags),
        "Py_GIL_DISABLED": int("t" in flags),
        "WITH_PYMALLOC": 1,
        "Py_UNICODE_SIZE": 4,
        "EXT_SUFFIX": f".pypy{major}{minor}-pp73-x86_64-linux-gnu.so",
    }
    platforms = platform_tags(*platform)
    with mock.patch.object(tags, "_get_config_var", lambda name, warn=False: variables[name]):
        if implementation == "cpython":
            found = list(tags.cpython_tags((major, minor), platforms=platforms))
            interpreter = f"cp{major}{minor}"
        else:
            found = list(tags.generic_tags(f"pp{major}{minor}", platforms=platforms))
            interpreter = "pp3"
    return [*map(str, found), *map(str, tags.compatible_tags((major, minor), interpreter, platforms))]


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    rows = [["platform", *map(str, platform), " ".join(platform_tags(*platform))] for platform in PLATFORMS]
    for python in PYTHONS:
        for platform in FEW + MANY:
            found = triples(*python, platform)
            text = " ".join(found)
            shown = text if platform in FEW else "-"
            rows.append(["triples", *map(str, python), *map(str, platform), str(len(found)), fnv(text), shown])
    header = f"# packaging {packaging.__version__}; written by scripts/oracle.d/tags.py\n"
    path = directory / "tags.tsv"
    path.write_text(header + "".join("\t".join(row) + "\n" for row in rows), encoding="ascii")


if __name__ == "__main__":
    main()
