"""Writes what `packaging` says about requirements, as a table the tests hold row by row.

    requirements.py DIRECTORY

Needs `packaging` 26.3 and nothing else. The same release of it writes the same bytes every time. Texts are escaped: a
backslash, a control character and everything outside ASCII stand as \\uXXXX.

requirements.tsv
    valid    text  str  name  extras, sorted, with commas  specifiers  url  marker
             names and extras normalised; "-" for what there isn't
    invalid  text
    same     text  text  = or ! : whether the two requirements are equal
"""

import pathlib
import random
import sys

import packaging
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

SEED = 508

WRITTEN = """
A
a
aa
name
name<=1
name>=3
name>=3,
name>=3,<2
name==1.0.*
name!=1.0.*,>=0.9
name~=2.2
name===legacy-1
name===1.0+Weird
name === 1.0
name(>=1)
name (>=1,<2)
name ( >= 1 , < 2 )
name ()
name()
name[]
name [ ]
name[a]
name [ a , b ]
name[b,a,B]
name[quux, strange];python_version<'2.7' and platform_version=='2'
name[quux-._strange]
name@http://foo.com
name @ http://foo.com
name@http://foo.com ; os_name=='a' or os_name=='b'
name @ http://foo.com ;os_name=='a'
name @ http://foo.com;os_name=='a'
name @ file:///tmp/x.whl
name @ git+ssh://git@host.example/x/y.git@v1#subdirectory=z&egg=name
name @ ./local path
name@ ../x.whl ; python_version>'3'
name@nothing
name[a] @ https://index.example/p#sha256=abc ; extra == 'X'
name; python_version >= '3'
name;python_version>='3'
name>=1;python_version>='3'
name>=1 ; (python_version>='3')
name<2.0 , >1.0 , !=1.5
  name  >=1
\tname\t>=1\t;\tos_name=="nt"\t
Name.With_Mixed-Separators.x
name2
2name
0
a-b--c
a._-b
zope.interface>=5
requests [security,tests] >= 2.8.1, == 2.8.* ; python_version < "2.7"
foo>=1.0.0rc1
foo==1!2.0
foo==1.0+local.1
foo!=1.0+local.1
foo>=v1.0
foo>= 1.0
foo>=\\n1.0
foo==1.0.post1
foo==1.0-1
foo==1.0.dev3
foo==01.02
foo~=1.0.0a1
foo<3,>=1,!=2,==1.*
foo>=1,>=1
foo>=1.0,>=1.0.0
typing-extensions>=4; python_version<"3.11" and extra=="all"
backports.zoneinfo>=0.2.1; python_version < "3.9" and sys_platform != "win32"
colorama; platform_system == "Windows"
pywin32 >=226 ; platform_system == "Windows" and platform_python_implementation != 'PyPy'
importlib-metadata>=3.6.0; python_version < "3.10"
urllib3[brotli,socks]<3,>=1.26
name[a]@http://x
name[a]>=1;os_name=="nt"
name @ http://x  ;  os_name=="nt"
name @ http://x\t; os_name=="nt"
name @ http://x 
""".strip("\n").splitlines()  # fmt: skip

INVALID = """
 
name extra
name >= 1 extra
name >=1 <2
name>=1;
name;
name >=
name >
name =1
name = 1
name => 1
name <> 1
name 1.0
name (1.0)
name (>=1
name >=1)
name (>=1) (<2)
name (>=1),<2
name ((>=1))
name [a
name a]
name [a,]
name [,a]
name [a,,b]
name [a b]
name [a;b]
name [-a]
name [a-]
name [a.]
name []]
name[a][b]
name >=1,,<2
name ,>=1
name >=1.0.*
name >1.*
name <=1.*
name ~=1
name ~=1.*
name ==1.0a1.*
name ==1.0+local.*
name >=1.0+local
name <1.0+local
name ~=1.0+local
name ==
name ===
name ==1.0.*.1
name ==1..0
name ==1.0.
name ==.1
name ==x
name >=1;python_version
name >=1;python_version>
name >=1;python_version>3
name >=1;python_version>'3
name >=1;python_version>'3' and
name >=1;bad_var>'3'
name >=1;(python_version>'3'
name >=1;python_version>'3')
name >=1 python_version>'3'
name @
name @ 
name @ ;os_name=="nt"
name @ http://x os_name=="nt"
name @ http://x >=1
name >=1 @ http://x
name @ http://x ; 
name @ http://x ; bad
@ http://x
-name
.name
_name
name-
name.
name->=1
name.>=1
na me
na!me
n\u00e4me
name\u00e9>=1
\u540d
http://x/y.whl
./path
git+https://host.example/x.git
-r other.txt
-e .
--hash=sha256:abc
name --hash=sha256:abc
name # comment
# comment
name\\
name>=1\\
name>=1\\n
\\nname
name\\n>=1
name\\r
name>='1'
name>="1"
'name'
"name>=1"
name;os_name=="nt";os_name=="nt"
name & other
name|other
name>=1||<2
name^1
name~1
name*
name==*
name>=*
name[*]
name[a]b
name{a}
name<>1
name>==1
name=>1
name=<1
name!1
name!!=1
name~~1.0
name====1;
name >= 1 ; extra = 'x'
name >= 1 ; extra == x
name >= 1 ; not extra == 'x'
name @ git+https://host.example/x.git ; extra
name (>= 1 ; os_name=="nt")
name [a] [b]
name[a,b
name[
name(
name)
name]
(name)
[a]
;
,
>=1
==1
name>=1 ,
name,
""".strip("\n").splitlines()  # fmt: skip

NAMES = ["flask", "Flask", "zope.interface", "typing_extensions", "a", "A1", "ruamel.yaml.clib", "0x", "x--y", "X._y"]
EXTRAS = ["dev", "Dev", "test", "d_e-v", "all", "a.b", "A1", "z"]
VERSIONS = ["1", "1.0", "2.3.4", "0.9.1", "2024.1", "1!3.0", "1.0rc1", "1.0.post2", "1.0.dev3", "v1.2", "1.0-1", "1.0C2"]
URLS = [
    "https://index.example/simple/x-1.0.tar.gz", "git+https://host.example/x.git@main#subdirectory=y",
    "file:///srv/x-1.0-py3-none-any.whl", "./x", "${HOME}/x",
]  # fmt: skip
MARKERS = [
    "python_version<'3.9'", 'sys_platform == "win32"', "extra=='Dev'", "(os_name == 'nt')",
    "python_version>='3' and (os_name=='nt' or os_name=='posix')", "'linux' in sys_platform",
    "platform_machine not in 'x86 i686'", "platform.python_implementation == 'PyPy'",
]  # fmt: skip


def escape(text):
    assert all(ord(c) < 0x10000 for c in text)
    return "".join(c if " " <= c <= "~" and c != "\\" else f"\\u{ord(c):04x}" for c in text)


def random_clause(rng):
    operator = rng.choice(["==", "!=", "<=", ">=", "<", ">", "~=", "==", ">=", "==="])
    version = rng.choice(VERSIONS)
    if operator == "~=" and "." not in version.split("!")[-1]:
        version += ".0"
    if operator in ("==", "!=") and rng.random() < 0.3:
        version = rng.choice(["1.*", "2.3.*", "1!4.*", "1.0+cpu", "1+a.b-c"])
    return operator + rng.choice(["", "", " "]) + version


def random_requirement(rng):
    def blank():
        return rng.choice(["", "", " ", "  ", "\t"])

    text = blank() + rng.choice(NAMES) + blank()
    if rng.random() < 0.35:
        extras = [rng.choice(EXTRAS) for _ in range(rng.randrange(4))]
        text += "[" + blank() + (blank() + "," + blank()).join(extras) + blank() + "]" + blank()
    kind = rng.random()
    if kind < 0.15:
        text += "@" + blank() + rng.choice(URLS) + " " + blank()
    elif kind < 0.8:
        clauses = [random_clause(rng) for _ in range(rng.choice([1, 1, 2, 2, 3, 4]))]
        inner = (blank() + "," + blank()).join(clauses)
        text += "(" + blank() + inner + blank() + ")" if rng.random() < 0.2 else inner
        text += blank()
    if rng.random() < 0.4:
        text += ";" + blank() + rng.choice(MARKERS) + blank()
    return text


def mutation(rng, text):
    place = rng.randrange(len(text) + 1)
    character = rng.choice("()[]=<>!~ ;,.*+@#x_-3'\"\\\n\u00e9")
    kind = rng.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + character + text[place:]
    if kind == 2:
        return text[:place] + character + text[place + 1 :]
    return text[:place]


def read(text):
    try:
        return Requirement(text)
    except InvalidRequirement:
        return None


def facts(requirement):
    return [
        str(requirement),
        canonicalize_name(requirement.name),
        ",".join(sorted({canonicalize_name(extra) for extra in requirement.extras})) or "-",
        str(requirement.specifier) or "-",
        requirement.url or "-",
        str(requirement.marker) if requirement.marker else "-",
    ]


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    written = [text.replace("\\n", "\n").replace("\\r", "\r") for text in WRITTEN + [""] + INVALID]
    valid, invalid = {}, {}
    for text in written + [random_requirement(rng) for _ in range(420)]:
        (invalid if read(text) is None else valid)[text] = None
    base = list(valid)
    while len(invalid) < 550 or len(valid) < 600:
        text = mutation(rng, rng.choice(base))
        known = read(text)
        if known is None and len(invalid) < 550:
            invalid[text] = None
        elif known is not None and len(valid) < 600:
            valid[text] = None
    rows = [["valid", *map(escape, [text, *facts(read(text))])] for text in valid]
    rows += [["invalid", escape(text)] for text in invalid]
    short = [text for text in valid if "===" not in text and len(text) < 24]
    for _ in range(300):
        left, right = rng.choice(short), rng.choice(short)
        if rng.random() < 0.5:
            right = left.swapcase() if rng.random() < 0.5 else left.replace(".", "_").replace(" ", "")
        if read(right) is not None:
            sign = "=" if read(left) == read(right) else "!"
            rows.append(["same", escape(left), escape(right), sign])
    header = f"# packaging {packaging.__version__}, seed {SEED}; written by scripts/oracle.d/requirements.py\n"
    path = directory / "requirements.tsv"
    path.write_text(header + "".join("\t".join(row) + "\n" for row in rows), encoding="ascii")


if __name__ == "__main__":
    main()
