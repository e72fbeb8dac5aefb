"""Writes what `packaging` says about versions and specifiers, as tables the tests hold row by row.

    versions.py DIRECTORY

Needs `packaging` 26.3 and nothing else. The same release of it writes the same bytes every time: choices come
from a fixed seed, and no set or hash order reaches a table. Texts are escaped: a backslash, a space, a control
character and everything outside ASCII stand as \\uXXXX.

versions.tsv
    valid    text  str  public  base_version  flags (pre p, post o, dev d)  release local
    compare  left  rights, separated by spaces  one of < = > for each
    invalid  text
specifiers.tsv
    decide   set  str  versions, separated by spaces  a digit for each: 1 if contains(prereleases=False),
                       plus 2 if contains(prereleases=True), plus 4 if contains(prereleases=None)
    relate   set  set  flags: equal as SpecifierSet e, subset s, disjoint d, same versions v
    invalid  set
"""

import pathlib
import random
import re
import sys

import packaging
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

SEED = 440

SUFFIXES = [
    "", ".dev0", ".dev1", ".dev2", "a0", "a1", "a1.dev0", "a1.dev1", "a1.post0", "a1.post1.dev0", "a1.post1",
    "a2", "a2.dev0", "b0", "b1", "b1.post0.dev0", "rc1", "rc1.dev3", "rc1.post2", "rc2", "rc2.dev0", ".post0",
    ".post0.dev0", ".post0.dev1", ".post1", ".post1.dev0", ".post1.dev1", ".post2", ".post2.dev0",
]  # fmt: skip
LOCALS = ["+cpu", "+0", "+1", "+1.cpu", "+cpu.1", "+CPU", "+10", "+a-b_c", "+0a", "+01"]
RELEASES = [
    "0", "0.0", "0.0.0", "1", "1.0", "1.0.0", "1.0.0.0", "1.0.0.0.0", "1.1", "1.2", "1.2.3", "1.2.3.4",
    "1.2.3.4.5", "1.9", "1.10", "2", "2.0", "0.1", "0.9", "3.7", "10", "2024.1", "2024.10.15", "20240115",
    "16383", "16384", "1.1023", "1.1024", "1.2.1023", "1.2.1024", "1.2.3.255", "1.2.3.256", "0.0.0.0.1",
    "1.0.0.0.0.0.0",
]  # fmt: skip
SPELLINGS = [
    "v1.0", "V1.0", "1.0ALPHA1", "1.0Beta-2", "1.0-c.3", "1.0_pre_4", "1.0.preview5", "1.0RC", "1.0rc-", "1.0a.",
    "1.0-1", "1.0-01", "1.0.rev2", "1.0r3", "1.0-r-4", "1.0_post_", "1.0.post-", "1.0.POST.5", "1.0.dev-",
    "1.0dev", "1.0-DEV_6", "1.0a-1", "1.0a--1", "1.0a.-1", "1.0a.dev1", "1.0a1-1.dev1", "1.0.post.dev", "1.0a.post",
    "1.0c1.rev2_dev3+Ubuntu-1", "01.002.0003", "0!1.0", "1!1.0", "00001!1.0", "2!0", "v2!1.0rc1.post2.dev3+x.y.5",
    "1.0+abc.5", "1.0+abc_5-6", "1.0+001", "1.0+0001a", "1.0+1a", "1.0+g1234567", " 1.0", "1.0 ", "\t1.0\n",
    "\v1.0\f", "\x1c1.0\x1f", "\x851.0\xa0", "\u16801.0\u2000", "\u200a1.0\u2028", "\u20291.0\u202f",
    "\u205f1.0\u3000", "1.0.post524287", "1.0.post524288", "1.0rc524287", "1.0rc524288", "1.0.dev524288",
    "1.0.dev20240115123456", "1.0.0.0.0a1", "1.0.0.0.0.post1.dev0", "9223372036854775805", "1.9223372036854775805",
    "1.0+9223372036854775805", "1.0-9223372036854775805", "0000000000000000000000000000000000000001.0",
]  # fmt: skip
# Valid to `packaging`, whose numbers and texts have no limit.
UNBOUNDED = [
    "9223372036854775806", "1.9223372036854775807", "1.0a18446744073709551616", "9223372036854775808!1.0",
    "1.0+1234567890123456789012345678901234567890", "1.0-9223372036854775806", "1.0.dev" + "9" * 40,
    "1.0+" + "a" * 1021, "1" + ".0" * 600,
]  # fmt: skip
INVALID_VERSIONS = [
    "", " ", "v", "a", "1.", ".1", "1..0", "1.0.", "1.0-", "1.0_", "1.0+", "1.0++a", "1.0+a+b", "1.0+a.", "1.0+.a",
    "1.0+a..b", "1.0+a b", "!1", "1!", "1!!2", "1!2!3", "1.0a1b1", "1.0rc1a1", "1.0.dev1.post1", "1.0.dev1a1",
    "1.0.post1.post2", "1.0-1-2", "1.0.post1a1", "1.0x", "1.0alph1", "1.0al", "1.0bet", "1.0prev1", "1.0re1",
    "1.0pos1", "1.0de1", "1.0 .dev1", "1.0 a1", "1 .0", "v 1.0", "vv1.0", "=1.0", "1.0,2.0", "1.0;", "1,0", "-1",
    "+1", "1.*", "1.0.*", "*", "latest", "1.0--1", "1.0..dev1", "1.0.-1", "1.0a--", "1.0dev--", "\uff11.0", "1.\u0660",
    "1.0\u200b", "\ufeff1.0", "1.0\x00", "1.0+\xe9", "1.0po\u017ft1", "1.0+\u212a", "0x1", "1e5", "1.0\u2003.1", "1.0~1",
    "french toast", "1.0+@", "1-", "1a-b1-2-3", "1.0.post.post", "1.0dev1+", "1.0_-1", "1.0.post--1", "1.0v1",
]  # fmt: skip
INVALID_SPECIFIERS = [
    "1.0", "=1.0", "=>1.0", "<>1.0", "==", ">=", "~=", "~=1", "~=1a1", "~=1!1", "~=v1", "~=1.0+cpu", ">=1.0+cpu",
    "<1.0+cpu", ">1.0+1", "<=1.0+1", ">=1.0.*", "<1.*", ">1.*", "<=1.*", "~=1.0.*", "==1.0a1.*", "==1.0.post1.*",
    "==1.0.dev1.*", "==1.0+cpu.*", "!=1.0rc.*", "==1.*.*", "==1*", "!=3.0*", "==*", "*", ">= =1", "> =1", ">=1 2",
    ">=1.0 <2", ">=1.0<2", ">=1.0;<2", "(>=1.0)", ">='1.0'", ">dev", "^1.0", "~1.0", "~>1.0", "!1.0", "!=~5.0",
    "===1.0 1", "===a;b", "===a)", "lolwat", "==1.0,,x", ">=1..0", ">=", ",>", "==1.0.* ,==", "==1!.*", "==1.0 .*",
    "==1.0. *", ">=1.0-", "<1.0x", "==\uff11.0", ">=1.0po\u017ft1", "==1.0|==2.0", "==1.0 or ==2.0",
]  # fmt: skip
SPEC_SPELLINGS = [
    "", " ", ",", " , ,", "==V1.0", "== v1.0.0", ">=01.0", " >=1.0 , <2.0 ", ">=1.0,", ",>=1.0", ">=1.0,,<2",
    "==1.0-1", "==1.0.RC1", "==1.0+CPU", "== 1.0+Ubuntu-1", "~= 1.0", "~=1.0.0", "~=1.0-1", "~=1!1.0.dev0",
    "~=2.2.post3", "~=1.4.5a4", "~=0.0", "~=0.0.1.dev0", "!=1.0,!=1.0.0", "==1.0,==1.0.0", "~=1.0,~=1.00",
    "~=1.0,~=1.0.0", "==1.0.*,==1.00.*", "===1.0", "===1.0.0", "=== 1.0", "===1.0+CPU", "===V1.0", "===foobar",
    "===", "===1.0-1", "===1.0.post1", "===01.0", "===1.0RC1", "===1.0,>=1.0", "===1.0rc1,<1.0", "===\u212a",
    "===1.0+\u212a", "===a(b", "===1.0.*", "\u2003>=1.0\u3000,\xa0<2.0", "<0", "<0.dev0", "<=0.dev0", ">0.dev0",
    ">=0.dev0", "<0a1", "<0.dev1", "!=0.dev0", "==0.*", "!=0.*", "==0!0.*", "<1!0", "<1!0.dev0", "==1!0.*",
    "!=1!1.*", ">1!1", "<=1!1", ">9223372036854775805", "==9223372036854775805.*", "~=9223372036854775805.1",
    ">1.0.dev9223372036854775805", ">1.0.post9223372036854775805", "<=1.0.dev9223372036854775805",
    "!=1.0rc9223372036854775805", ">1.0rc9223372036854775805", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,<4", "<2,<1.5,<=1.5",
    ">1.0,>1.0.post1", ">=1.0a1,<1.0", "<1.0.post1,>1.0", ">1.0a1,<1.0a2", ">1.0.post0,<1.0.post1",
]  # fmt: skip
# Valid to `packaging`, whose numbers have no limit.
UNBOUNDED_SPECIFIERS = [">=9223372036854775806", "==1.0,<1.0rc99999999999999999999", "!=99999999999999999999.*"]
OPERATORS = ["==", "!=", "<=", ">=", "<", ">", "~="]


def escape(text):
    return "".join(c if "!" <= c <= "~" and c != "\\" else f"\\u{ord(c):04x}" for c in text)


def near(rng, version, count):
    """Versions around one, its own family first: each differs from it in a part or two."""
    release = list(version.release)
    releases = [release, release + [0], release + [0, 1], release + [1], [*release[:-1], release[-1] + 1]]
    if len(release) > 1:
        releases += [release[:-1], [*release[:-2], release[-2] + 1]]
    if release[-1] > 0:
        releases += [[*release[:-1], release[-1] - 1]]
    while len(release) > 1 and release[-1] == 0:
        release = release[:-1]
        releases.append(release)
    epochs = [version.epoch] * 12 + [0, version.epoch + 1]
    suffixes = SUFFIXES + [str(version.__replace__(epoch=0, release=(0,), local=None))[1:]] * 3
    for name in ("post", "dev"):
        number = getattr(version, name)
        if number is not None and 0 < number < 2**62:
            other = version.__replace__(epoch=0, release=(0,), local=None, **{name: number + 1})
            suffixes.append(str(other)[1:])
    own_local = [f"+{version.local}", f"+{version.local}.0"] if version.local else []
    found = dict.fromkeys([str(version), f"{version.public}+cpu", f"{version.base_version}"])
    while len(found) < count:
        epoch = rng.choice(epochs)
        numbers = releases[0] if rng.random() < 0.6 else rng.choice(releases)
        local = rng.choice(LOCALS + own_local * 3) if rng.random() < 0.2 else ""
        prefix = f"{epoch}!" if epoch else ""
        found[prefix + ".".join(map(str, numbers)) + rng.choice(suffixes) + local] = None
    return list(found)


def is_bounded(text):
    version = Version(text)
    return all(int(digits) <= 2**63 - 3 for digits in re.findall("[0-9]+", str(version)))


def readable(kind, text, error):
    try:
        kind(text)
    except error:
        return False
    return True


def write_versions(rng, path):
    texts = list(dict.fromkeys(
        [r + s for r in RELEASES for s in (SUFFIXES if r in ("1.0", "1.2.3") else rng.sample(SUFFIXES, 8))]
        + ["1.0" + s + x for s in ("", "a1", ".post1", ".dev0", "rc1.post2.dev3") for x in LOCALS]
        + SPELLINGS
        + UNBOUNDED
    ))  # fmt: skip
    rows = []
    for text in texts:
        v = Version(text)
        flags = "p" * v.is_prerelease + "o" * v.is_postrelease + "d" * v.is_devrelease or "-"
        release = ".".join(map(str, v.release))
        rows.append(["valid", escape(text), str(v), v.public, v.base_version, flags, release, v.local or "-"])
    plain = [t for t in texts if escape(t) == t and t not in UNBOUNDED]
    for _ in range(1000):
        left = rng.choice(plain)
        mates = [t for t in near(rng, Version(left), 6) if is_bounded(t)]
        rights = (mates + rng.sample(plain, 8))[:8]
        rng.shuffle(rights)
        signs = "".join("<" if (a := Version(left)) < (b := Version(r)) else "=" if a == b else ">" for r in rights)
        rows.append(["compare", left, " ".join(rights), signs])
    for text in INVALID_VERSIONS:
        assert not readable(Version, text, InvalidVersion), text
        rows.append(["invalid", escape(text)])
    for _ in range(600):  # texts one edit away from a valid one
        characters = list(rng.choice(plain))
        at = rng.randrange(len(characters))
        mark = rng.choice(".-_+!*av0 1")
        rng.choice([
            lambda: characters.insert(at, mark), lambda: characters.pop(at), lambda: characters.__setitem__(at, mark)
        ])()  # fmt: skip
        text = "".join(characters)
        if readable(Version, text, InvalidVersion):
            v = Version(text)
            if not is_bounded(text):
                continue
            flags = "p" * v.is_prerelease + "o" * v.is_postrelease + "d" * v.is_devrelease or "-"
            release = ".".join(map(str, v.release))
            rows.append(["valid", escape(text), str(v), v.public, v.base_version, flags, release, v.local or "-"])
        else:
            rows.append(["invalid", escape(text)])
    write(path, rows)


def random_specifier(rng):
    operator = rng.choice(OPERATORS)
    epoch = "1!" if rng.random() < 0.08 else ""
    release = rng.choice(RELEASES)
    if operator == "~=" and "." not in release:
        release += ".0"
    roll = rng.random()
    if operator in ("==", "!=") and roll < 0.3:
        return f"{operator}{epoch}{release}.*"
    suffix = rng.choice(SUFFIXES) if roll < 0.75 else ""
    local = rng.choice(LOCALS) if operator in ("==", "!=") and rng.random() < 0.25 else ""
    return operator + epoch + release + suffix + local


def random_set(rng):
    parts = [random_specifier(rng)]
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        if rng.random() < 0.6:
            stem = parts[0].lstrip("=!<>~").removesuffix(".*")
            version = rng.choice(near(rng, Version(stem), 12))
            operator = rng.choice([">=", "<", "<=", ">", "!=", "=="])
            parts.append(operator + (version if operator in ("==", "!=") else version.split("+")[0]))
        else:
            parts.append(random_specifier(rng))
    return ",".join(parts)


def write_specifiers(rng, path):
    rows = []
    singles = [o + r + s for o in OPERATORS for r in ("1.0", "1!2.0.0", "1.2.3") for s in SUFFIXES]
    singles += [o + "1.0" + x for o in ("==", "!=") for x in LOCALS]
    singles += [random_specifier(rng) for _ in range(300)]
    for text in dict.fromkeys(SPEC_SPELLINGS + UNBOUNDED_SPECIFIERS + singles + [random_set(rng) for _ in range(500)]):
        made = SpecifierSet(text)
        stems = [s.version.removesuffix(".*") for s in made]
        stems = [s for s in stems if readable(Version, s, InvalidVersion)] or ["1.0"]
        versions = {}
        for stem in stems:
            versions.update(dict.fromkeys(near(rng, Version(stem), max(30 // len(stems), 8))))
        kept = list(filter(is_bounded, versions))
        digits = ""
        for version in map(Version, kept):
            outcome = [made.contains(version, prereleases=p) for p in (False, True, None)]
            digits += str(outcome[0] + 2 * outcome[1] + 4 * outcome[2])
        rows.append(["decide", escape(text), escape(str(made)), " ".join(kept), digits])
    pool = [t for t in SPEC_SPELLINGS if "===" not in t] + [random_set(rng) for _ in range(150)] + singles[::7]
    for _ in range(3000):
        left = rng.choice(pool)
        right = rng.choice(pool) if rng.random() < 0.5 else f"{left},{rng.choice(pool)}"
        if rng.random() < 0.15:
            parts = left.split(",")
            rng.shuffle(parts)
            right = ",".join(parts)
        a, b = SpecifierSet(left), SpecifierSet(right)
        same = a.is_subset(b) and b.is_subset(a)
        flags = "e" * (a == b) + "s" * a.is_subset(b) + "d" * a.is_disjoint(b) + "v" * same or "-"
        rows.append(["relate", escape(left), escape(right), flags])
    for text in dict.fromkeys(INVALID_SPECIFIERS):
        assert not readable(SpecifierSet, text, InvalidSpecifier), text
        rows.append(["invalid", escape(text)])
    write(path, rows)


def write(path, rows):
    header = f"# packaging {packaging.__version__}, seed {SEED}; written by scripts/oracle.d/versions.py\n"
    path.write_text(header + "".join("\t".join(row) + "\n" for row in rows), encoding="ascii")


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    write_versions(random.Random(SEED), directory / "versions.tsv")
    write_specifiers(random.Random(SEED), directory / "specifiers.tsv")


if __name__ == "__main__":
    main()
