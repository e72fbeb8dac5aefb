"""Writes what `packaging` and pip-compile say about markers, as a table the tests hold row by row.

    markers.py DIRECTORY

Needs `packaging` 26.3 and `pip-tools` 7.6 (for what it leaves of a marker in a lockfile). The same releases write the
same bytes every time. Texts are escaped: a backslash, a control character and everything outside ASCII stand as
\\uXXXX.

markers.tsv
    environment  name  the eleven variables in alphabetical order
    valid    text  str  what pip-compile leaves ("-" for nothing)  answers
             an answer for each environment in turn, for the extra "" and then for the extra "dev":
             1 holds, 0 does not; t and f where `packaging` refuses a comparison: whether the marker holds if that
             comparison doesn't
    locked   text  str  answers, one for each environment, context "lock_file", the extras dev and test, the group docs
    invalid  text
"""

import copy
import itertools
import pathlib
import random
import sys
from unittest import mock

import packaging
import packaging.markers
from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from piptools.utils import _drop_extras

SEED = 508
comparison = packaging.markers._eval_op

KEYS = [
    "implementation_name", "implementation_version", "os_name", "platform_machine",
    "platform_python_implementation", "platform_release", "platform_system", "platform_version",
    "python_full_version", "python_version", "sys_platform",
]  # fmt: skip
ENVIRONMENTS = {
    "linux": ["cpython", "3.12.4", "posix", "x86_64", "CPython", "6.1.0-18-amd64", "Linux",
              "#1 SMP Debian 6.1.76-1", "3.12.4", "3.12", "linux"],
    "alpine": ["cpython", "3.9.18", "posix", "aarch64", "CPython", "6.6.14", "Linux", "#1-Alpine SMP",
               "3.9.18", "3.9", "linux"],
    "windows": ["cpython", "3.10.11", "nt", "AMD64", "CPython", "10", "Windows", "10.0.19045", "3.10.11", "3.10",
                "win32"],
    "mac": ["cpython", "3.11.7", "posix", "arm64", "CPython", "23.2.0", "Darwin",
            "Darwin Kernel Version 23.2.0: root:xnu-10002", "3.11.7", "3.11", "darwin"],
    "pypy": ["pypy", "7.3.13", "posix", "x86_64", "PyPy", "5.15.0", "Linux", "#1 SMP", "3.10.13", "3.10", "linux"],
    "old": ["cpython", "2.7.18", "posix", "i686", "CPython", "3.10.0", "Linux", "", "2.7.18", "2.7", "linux2"],
    "candidate": ["cpython", "3.14.0rc1", "posix", "x86_64", "CPython", "", "Linux", "", "3.14.0rc1", "3.14", "linux"],
    "build": ["cpython", "3.13.0", "posix", "x86_64", "CPython", "6.8", "Linux", "#1", "3.13.0+", "3.13", "linux"],
}  # fmt: skip

WRITTEN = """
python_version >= "3.8"
python_version<'3'
python_version >= '3.6' and python_version < '4.0'
python_version == '2.7' or python_version == '3.3'
python_full_version < '3.11.4' and platform_python_implementation != 'PyPy'
python_full_version <= "3.11.0a6"
python_full_version == "3.13.0+local"
python_full_version === "3.12.4"
python_version === "3.12"
python_version in "2.7, 3.9"
python_version not in '2.7, 3.9'
python_version in "3.12"
"3.9" in python_version
"3" in python_version
"3.9" not in python_full_version
"3.8" <= python_version
"3.10" < python_version
'2.7' == python_version
"junk" == python_version
"junk" != python_version
python_version > "=3"
python_version >= "3,<4"
python_version >= "junk"
python_version == "junk"
python_version != "junk"
python_version ~= "3.9"
python_version ~= "3"
python_version == "3.*"
python_version == '3.1*'
python_version != "3.1.*"
python_version >= "3.8.*"
python_version <= " 3.10 "
python_version < "v3.10"
python_version == ""
python_version in ""
"" in python_version
sys_platform == 'win32'
sys.platform == "linux"
sys_platform == "linux2" or sys_platform == 'linux'
sys_platform != "darwin" and sys_platform != "win32"
"linux" in sys_platform
sys_platform in "linux linux2"
sys_platform > "linux"
sys_platform >= "linux"
sys_platform <= "linux"
sys_platform < "linux"
sys_platform ~= "linux"
sys_platform === "linux"
os.name == 'nt'
os_name == "posix"
platform.machine == 'x86_64'
platform_machine in "x86_64 AMD64 arm64"
platform.python_implementation == 'CPython'
python_implementation == "PyPy"
platform_python_implementation == "CPython"
implementation_name == "cpython"
implementation_name == 'pypy' and implementation_version < '7.3.13'
implementation_version >= "3.10"
platform_system == "Windows"
platform_system == "Darwin" and platform_machine == "arm64"
platform_release >= "6"
platform_release >= "20.0.0"
platform_release == "10"
platform_release != "5.15.0"
platform_release in "10 11"
platform.version == "#1 SMP"
platform_version >= "10"
"SMP" in platform_version
extra == "dev"
extra == 'Dev'
extra == "d_e.v"
extra == "test"
extra != "dev"
"dev" == extra
"DEV" == extra
"dev" != extra
extra in "dev test"
extra not in "dev test"
"de" in extra
extra >= "dev"
extra > "dev"
extra < "dev"
extra ~= "dev"
extra === "dev"
extra == ""
extra == "dev" and python_version < "3.11"
extra == 'dev' or extra == 'test'
(extra == 'dev' or extra == 'test') and os_name == "nt"
os_name == "nt" and extra == "dev" or extra == "test" and os_name == "posix"
python_version < "3.11" and (extra == "dev")
python_version < "3.11" and (extra == "dev" and (os_name == "posix" or os_name == "nt"))
python_version < "3.11" or extra == "dev" and os_name == "posix"
extra == "dev" and os_name == "posix" or python_version < "3.11"
os_name == "posix" and extra == "a" and extra == "b" or extra == "c" and python_version < "3.11"
((extra == "a")) and ((os_name == "posix"))
(python_version < "3.11")
((python_version < "3.11"))
((python_version < "3.11" and os_name == "nt"))
(python_version < "3.11") and (os_name == "nt")
os_name == "nt" and ((python_version < "3.11" or os_name == "posix"))
(os_name == "nt" or os_name == "posix") and (python_version < "3.11" or (extra == "dev" and os_name == "nt"))
os_name == "nt" or os_name == "posix" and python_version < "3.11" or python_version > "3"
'linux'in sys_platform and"3" in python_version
os_name=="nt"or os_name=='posix'
os_name == 'it"s'
os_name == "it's"
os_name == "a\\tb"
os_name == "\\x6e\\164"
os_name == "\\u006et"
os_name == "\\U0000006et"
os_name == "a\\dc"
os_name == "caf\u00e9"
os_name == python_version
python_version == os_name
python_version >= python_full_version
"posix" == "posix"
"3" < "4"
extra == os_name
os_name == extra
"dev" in extras
"Dev" not in extras
"docs" in dependency_groups
"test" in extras and python_version > "3.10"
extras == "dev"
"dev" == extras
python_version not\tin "3.9"
python_version\t>=\t"3.9"
python_version not  in "3.9"
""".strip("\n").splitlines()  # fmt: skip

INVALID = """

python_version
python_version >=
python_version >= 3.8
python_version >= "3.8
python_version >= '3.8"
>= "3.8"
"3.8"
python_version "3.8"
python_version = "3.8"
python_version => "3.8"
python_version <> "3.8"
python_version >= "3.8" and
python_version >= "3.8" or
and python_version >= "3.8"
python_version >= "3.8" os_name == "nt"
python_version >= "3.8", os_name == "nt"
python_version >= "3.8" && os_name == "nt"
python_version >= "3.8" And os_name == "nt"
python_version >= "3.8" andos_name == "nt"
(python_version >= "3.8"
python_version >= "3.8")
((python_version >= "3.8")
()
( )
python_versions >= "3.8"
pythonversion >= "3.8"
python_Version >= "3.8"
os-name == "nt"
os_name_ == "nt"
osname == "nt"
xos_name == "nt"
platform.release == "10"
platform.system == "Windows"
platform.os == "nt"
python.version == "3.8"
implementation.name == "cpython"
extra.s == "a"
extrax == "a"
not python_version in "3.8"
python_version not "3.8"
python_version notin "3.8"
python_version not in3 "3.8"
python_version not in
python_version IN "3.8"
python_version in("3.8")
python_version in ["3.8"]
os_name == nt
os_name == 'n\\'t'
os_name == "n\\"t"
os_name == "\\x6"
os_name == "\\xzz"
os_name == "\\u12"
os_name == "\\N{bogus}"
os_name == "nt";
; os_name == "nt"
os_name == "nt" #comment
os_name =="nt" or or os_name == "posix"
(os_name) == "nt"
os_name == ("nt")
os_name == "nt" and (python_version)
os_name == "nt" and ()
python_version >= \u201c3.8\u201d
""".strip("\n").splitlines()  # fmt: skip


def escape(text):
    assert all(ord(c) < 0x10000 for c in text)
    return "".join(c if " " <= c <= "~" and c != "\\" else f"\\u{ord(c):04x}" for c in text)


def environments():
    return [dict(zip(KEYS, values, strict=True)) for values in ENVIRONMENTS.values()]


def answer(marker, environment, context):
    try:
        return "1" if marker.evaluate(environment, context) else "0"
    except (UndefinedComparison, UndefinedEnvironmentName):
        pass
    try:
        with mock.patch.object(packaging.markers, "_eval_op", lenient_comparison):
            return "t" if marker.evaluate(environment, context) else "f"
    except (UndefinedComparison, UndefinedEnvironmentName):
        # Refused before it comes to a comparison; such markers of the table have a single comparison.
        assert " and " not in str(marker) and " or " not in str(marker)
        return "f"


def lenient_comparison(*arguments, **named):
    try:
        return comparison(*arguments, **named)
    except UndefinedComparison:
        return False


def left_in_a_lockfile(text):
    marker = Marker(text)
    marker._markers = _drop_extras(copy.deepcopy(marker._markers))
    return str(marker) if marker._markers else "-"


VALUES = {
    "implementation_name": ["cpython", "pypy", "jython"],
    "implementation_version": ["3.12.4", "7.3", "3.9.*", "2.7.18", "junk"],
    "os_name": ["posix", "nt", "java"],
    "platform_machine": ["x86_64", "AMD64", "arm64", "aarch64", "i686"],
    "platform_python_implementation": ["CPython", "PyPy"],
    "platform_release": ["10", "5.15.0", "6.1.0-18-amd64", "20", "6.*", ""],
    "platform_system": ["Linux", "Windows", "Darwin", ""],
    "platform_version": ["#1 SMP", "10.0.19045", ""],
    "python_full_version": ["3.12.4", "3.10.11", "3.9", "3.14.0rc1", "3.14.0", "3.13.0", "3.13.0+local", "3.13.*",
                            "3.11.7rc1", "2.7.18.post1", "3.9.18.dev1"],
    "python_version": ["3.12", "3.9", "3.10", "3.10.0", "3.1", "2.7", "3", "4", "3.*", "3.10.*", "3.14.0rc1",
                       "2.7, 3.9, 3.12", "3.13"],
    "sys_platform": ["linux", "linux2", "win32", "darwin", "cygwin"],
    "extra": ["dev", "Dev", "test", "d.e-v", ""],
}  # fmt: skip
OPERATORS = ["==", "!=", "<=", ">=", "<", ">", "~=", "===", "in", "not in"]
ALIASES = {
    "os_name": "os.name", "sys_platform": "sys.platform", "platform_version": "platform.version",
    "platform_machine": "platform.machine", "platform_python_implementation": "python_implementation",
}  # fmt: skip


def random_comparison(rng, extra=0.25):
    key = "extra" if rng.random() < extra else rng.choice(KEYS)
    quote = rng.choice("'\"")
    value = quote + rng.choice(VALUES[key]) + quote
    operator = rng.choice(OPERATORS[:6] * 4 + OPERATORS)
    name = ALIASES.get(key, key) if rng.random() < 0.2 else key
    sides = (value, name) if rng.random() < 0.15 else (name, value)
    return f"{sides[0]} {operator} {sides[1]}"


def random_marker(rng, depth=0):
    parts = []
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
        if depth < 3 and rng.random() < 0.25:
            parts.append("(" + random_marker(rng, depth + 1) + ")")
        else:
            parts.append(random_comparison(rng))
    text = parts[0]
    for part in parts[1:]:
        text += f" {rng.choice(['and', 'or'])} {part}"
    return text


def mutation(rng, text):
    place = rng.randrange(len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + rng.choice("()\"'=<>!~ ;,.x_3") + text[place:]
    if kind == 2:
        return text[:place] + rng.choice("()\"'=<>!~ ;,.x_3") + text[place + 1 :]
    return text[:place]


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    rows = [["environment", name, *map(escape, values)] for name, values in ENVIRONMENTS.items()]
    grid = [
        f'{key} {operator} "{value}"'
        for key, values in VALUES.items()
        for operator, value in itertools.product(OPERATORS, values)
    ]
    texts = list(dict.fromkeys(WRITTEN + grid + [random_marker(rng) for _ in range(350)]))
    for text in texts:
        marker = Marker(text)
        if "extras" in text or "dependency_groups" in text:
            sets = {"extras": {"dev", "Test"}, "dependency_groups": {"docs"}}
            answers = [answer(marker, {**e, **sets}, "lock_file") for e in environments()]
            rows.append(["locked", escape(text), escape(str(marker)), "".join(answers)])
        else:
            answers = [
                answer(marker, {**e, "extra": extra}, "metadata") for e in environments() for extra in ("", "dev")
            ]
            rows.append(
                ["valid", escape(text), escape(str(marker)), escape(left_in_a_lockfile(text)), "".join(answers)]
            )
    invalid = dict.fromkeys(["", *INVALID])
    while len(invalid) < 250:
        text = mutation(rng, rng.choice(texts))
        try:
            Marker(text)
        except InvalidMarker:
            invalid[text] = None
    for text in invalid:
        rows.append(["invalid", escape(text)])
    header = f"# packaging {packaging.__version__}, seed {SEED}; written by scripts/oracle.d/markers.py\n"
    path = directory / "markers.tsv"
    path.write_text(header + "".join("\t".join(row) + "\n" for row in rows), encoding="ascii")


if __name__ == "__main__":
    main()
