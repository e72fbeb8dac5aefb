"""What pip-tools writes for given pins: Fixtures/oracle/lockfile-text/.

Run with a Python 3.11 that has pip 26.3 and pip-tools 7.6.2:  python lockfile_text.py DIRECTORY

Drives pip-tools' own OutputWriter with constructed requirements, and its header with real command lines; only the
program's name is replaced. Writes one NAME.txt a case, cases.jsonl (what each case is made of) and
command-lines.jsonl.
"""

import io
import json
import logging
import os
import sys
import tempfile

H = ["sha256:" + c * 64 for c in "ab3"]
CASES = []


def pin(name, version="1.0", **keys):
    return {"name": name, **({} if "url" in keys or "editable" in keys or "arbitrary" in keys else {"version": version}), **keys}


def case(name, pins=(), **keys):
    CASES.append({"name": name, "pins": list(pins), **keys})


BASIC = [pin("flask", "3.0.2", origins=["-r requirements.in"]), pin("werkzeug", "3.0.1", origins=["flask"])]
HASHED = [pin("flask", "3.0.2", origins=["-r requirements.in"], hashes=H), pin("click", "8.1.7", origins=["flask"], hashes=H[:1])]
MANY = [pin("a", origins=["-r requirements.in", "b", "-c constraints.txt", "zope-interface", "B2"])]
UNSAFE = [pin("setuptools", "69.0", origins=["x"]), pin("pip", "24.0", origins=["-r requirements.in", "x"]), pin("distribute", "0.7")]
UNSAFE_HASHED = [dict(p, hashes=H[:2]) for p in UNSAFE]
INDEX = {"indexes": ["https://index.example/simple/"]}


def describe():
    # header
    case("header", BASIC, header=True, args=["requirements.in"])
    case("header-options", BASIC, header=True,
         args=["--generate-hashes", "-o", "requirements.txt", "requirements.in", "--no-header", "--header"])
    case("header-custom", BASIC, header=True, custom="make lock PYTHON='3.11'")
    case("header-alone", header=True, args=["requirements.in"])
    case("header-empty-options", header=True, args=["requirements.in"], options={"indexes": ["https://x.example/simple"]})
    # nothing
    case("nothing")
    case("nothing-crlf", newline="\r\n")
    # order and names
    case("order", [pin("b"), pin("a"), pin("B-c"), pin("a-b"), pin("a1"), pin("ab"), pin("zope-interface"), pin("Zed"), pin("z2")])
    case("order-editables", [pin("a"), pin("z", editable="./z"), pin("m", editable="git+https://h.example/m.git#egg=m"), pin("b")])
    case("names", [pin("Zope.Interface"), pin("ruamel_yaml__x"), pin("A.-_b")])
    # versions, extras, URLs
    case("extras", [pin("flask", extras=["dotenv", "async"]), pin("x", extras=["a"]), pin("y", extras=["b-c", "a", "a1"])])
    case("arbitrary", [pin("a", arbitrary="1.0-custom"), pin("b", arbitrary="2.0", extras=["x"])])
    case("versions", [pin("a", "1!2.0rc1.post2.dev3+local.4"), pin("b", "2024.1.1")])
    case("urls", [
        pin("a", url="https://h.example/a-1.0.tar.gz"), pin("b", url="https://h.example/b.zip#egg=b"),
        pin("c", url="https://h.example/c.zip#sha256=" + "a" * 64), pin("d", url="https://h.example/d.zip#egg=d&subdirectory=x/y"),
        pin("e", url="git+https://h.example/e.git@v1#egg=e&subdirectory=s&sha256=" + "b" * 64),
        pin("f", url="git+ssh://git@h.example/f.git@main"), pin("g", url="https://h.example/g.zip?x=1&y=2#md5=abc"),
        pin("h", url="file:///project/h"), pin("i", url="https://h.example/i%20j.zip"), pin("K_l", url="https://h.example/k.whl"),
        pin("m", url="https://h.example/m.zip#sha1=1&sha512=5"), pin("n", url="HTTPS://H.example/n.zip"), pin("o", url="https://h.example/o.zip?#"),
    ])
    case("urls-extras", [pin("a", extras=["y", "x"], url="https://h.example/a.zip"), pin("b", extras=["x"], url="https://h.example/b.zip#egg=b&subdirectory=c")])
    case("urls-annotated", [pin("a", url="https://h.example/a.zip", origins=["-r requirements.in"], marker="python_version < \"3.9\"")])
    case("editables", [
        pin("a", editable="./a"), pin("b", editable="."), pin("c", editable="./c[dev]", origins=["-r requirements.in"]),
        pin("d", editable="file:///project/d", origins=["-r requirements.in"]), pin("e", editable="../e", origins=["x", "y"]),
        pin("f", editable="git+https://h.example/f.git@v1#egg=f&subdirectory=g"),
    ])
    # markers
    case("markers", [
        pin("a", marker="python_version < \"3.9\""), pin("b", marker="sys_platform == \"win32\" and python_version >= \"3\"", origins=["x"]),
        pin("c", marker="(os_name == \"nt\" or os_name == \"posix\") and python_version >= \"3\"", origins=["x", "y"]),
        pin("d", extras=["z"], marker="platform_machine in \"x86_64 arm64\"", hashes=H[:1]),
    ])
    # hashes
    case("hashes", HASHED)
    case("hashes-no-annotate", HASHED, annotate=False)
    case("hashes-line", HASHED, style="line")
    case("hashes-many-origins", [dict(MANY[0], hashes=H)])
    case("hashes-many-origins-line", [dict(MANY[0], hashes=H)], style="line")
    case("hashes-marker", [pin("a", marker="python_version < \"3\"", hashes=H, origins=["x"])])
    case("hashes-some", HASHED + [pin("v", url="git+https://h.example/v.git@1", origins=["-r requirements.in"]), pin("e", editable="./e")])
    case("hashes-some-line", HASHED + [pin("v", url="git+https://h.example/v.git@1", origins=["-r requirements.in"]), pin("e", editable="./e")], style="line")
    case("hashes-other-algorithms", [pin("a", hashes=["sha512:" + "1" * 128, "sha256:" + "f" * 64, "sha384:" + "0" * 96])])
    # annotations
    case("split-one", [pin("a", origins=["-r requirements.in"])])
    case("split-many", MANY)
    case("line-one", [pin("a", origins=["-r requirements.in"])], style="line")
    case("line-many", MANY, style="line")
    case("line-widths", [pin("a" * n, "1.0", origins=["x"]) for n in (16, 17, 18, 19, 20, 21, 30)] + [pin("none")], style="line")
    case("no-annotate", MANY + BASIC, annotate=False)
    case("no-origins", [pin("a"), pin("b")])
    case("no-origins-line", [pin("a"), pin("b")], style="line")
    case("origins", [pin("a", origins=[
        "-r a.in", "-r ./b.in", "-r sub/../c.in", "-c c.txt", "-r -", "-r /abs/d.in", "-r https://h.example/r.txt",
        "My.Project (pyproject.toml)", "other (sub/setup.cfg)", "requests[socks]", "_x", "Z", "\u00e9"])])
    # strip-extras
    case("strip-extras", [pin("a", extras=["x", "y"], origins=["b[z]", "-r r.in"]), pin("b", extras=["z"]), pin("e", editable="./e[dev]")], stripExtras=True)
    case("strip-extras-line", [pin("a", extras=["x", "y"], origins=["b[z]", "-r r[1].in"], hashes=H[:1]), pin("b", extras=["z"], origins=["c[d]"])], stripExtras=True, style="line")
    case("strip-extras-urls", [pin("a", extras=["x"], url="https://[::1]/a.zip", origins=["b[]", "c[]]"])], stripExtras=True)
    # unsafe packages
    case("unsafe", BASIC, unsafe=UNSAFE)
    case("unsafe-header", BASIC, unsafe=UNSAFE, header=True, args=["requirements.in"])
    case("unsafe-allowed", BASIC, unsafe=UNSAFE, allowUnsafe=True)
    case("unsafe-allowed-line", BASIC, unsafe=UNSAFE, allowUnsafe=True, style="line")
    case("unsafe-hashes", HASHED, unsafe=UNSAFE)
    case("unsafe-hashes-allowed", HASHED, unsafe=UNSAFE_HASHED, allowUnsafe=True)
    case("unsafe-hashes-allowed-unhashed", HASHED + [pin("v", url="git+https://h.example/v.git@1")], unsafe=[UNSAFE_HASHED[0], UNSAFE[1]], allowUnsafe=True)
    case("unsafe-only", unsafe=UNSAFE)
    case("unsafe-only-allowed", unsafe=UNSAFE, allowUnsafe=True)
    case("unsafe-only-allowed-hashes", unsafe=UNSAFE_HASHED, allowUnsafe=True)
    # options
    case("options-default-index", BASIC, options=INDEX)
    case("options-index", BASIC, options={"indexes": ["https://x.example/simple/"]})
    case("options-extra", BASIC, options={"indexes": ["https://index.example/simple", "https://b.example/", "https://a.example/", "https://b.example/"]})
    full = {"indexes": ["https://x.example/simple", "https://b.example/", "https://x.example/simple"], "links": ["./links", "https://l.example/", "./links"],
            "hosts": ["h.example", "b.example:8080", "h.example"], "noBinary": ["z", "a-b", "z"], "onlyBinary": ["y", "c"]}
    case("options-all", BASIC, options=full, header=True, args=["requirements.in"])
    case("options-all-no-header", BASIC, options=full)
    case("options-formats", BASIC, options={"noBinary": [":all:"], "onlyBinary": ["b", "a"]})
    case("options-formats-only", BASIC, options={"noBinary": ["b", "a"], "onlyBinary": [":all:"]})
    case("options-no-emit-index", BASIC, options=full, emitIndexURL=False)
    case("options-no-emit-links", BASIC, options=full, emitFindLinks=False)
    case("options-no-emit-hosts", BASIC, options=full, emitTrustedHost=False)
    case("options-no-emit", BASIC, options=full, emitOptions=False, header=True, args=["requirements.in"])
    case("options-no-pins", options=full)
    case("options-unsafe", options=full, unsafe=UNSAFE)
    # line ends
    case("crlf", HASHED + MANY, newline="\r\n", header=True, args=["requirements.in"], options=full)
    case("everything", HASHED + MANY + [pin("e", editable="./e", origins=["-r requirements.in"])], unsafe=UNSAFE_HASHED, allowUnsafe=True,
         header=True, args=["--allow-unsafe", "--generate-hashes", "requirements.in"], options=full)


COMMANDS = [
    [], ["requirements.in"], ["b.in", "a.in"], ["-o", "requirements.txt", "requirements.in"], ["--output-file", "requirements.txt", "requirements.in"],
    ["-o", "-", "requirements.in"], ["-o", "out dir/r.txt", "requirements.in"], ["-q", "-v", "-n", "requirements.in"], ["-U", "requirements.in"],
    ["--no-upgrade", "requirements.in"], ["-P", "flask", "-P", "django==4", "requirements.in"], ["--rebuild", "--cache-dir", "x", "requirements.in"],
    ["--no-header", "requirements.in"], ["--header", "requirements.in"], ["--no-annotate", "requirements.in"], ["--annotation-style", "line", "requirements.in"],
    ["--annotation-style", "split", "requirements.in"], ["--allow-unsafe", "requirements.in"], ["--no-allow-unsafe", "requirements.in"],
    ["--strip-extras", "requirements.in"], ["--no-strip-extras", "requirements.in"], ["--generate-hashes", "requirements.in"],
    ["--no-reuse-hashes", "--generate-hashes", "requirements.in"], ["--reuse-hashes", "requirements.in"], ["--newline", "lf", "requirements.in"],
    ["--newline", "LF", "requirements.in"], ["--newline", "preserve", "requirements.in"], ["--newline", "CRLF", "requirements.in"],
    ["-i", "https://index.example/simple", "requirements.in"], ["-i", "https://user:secret@index.example/simple", "requirements.in"],
    ["--extra-index-url", "https://token@b.example/", "--extra-index-url", "https://a.example/", "requirements.in"],
    ["-f", "links", "-f", "https://u:p@l.example/x?a=b&c=d", "requirements.in"], ["--no-index", "requirements.in"], ["--pre", "requirements.in"], ["-p", "requirements.in"],
    ["--trusted-host", "h.example", "--trusted-host", "a.example:80", "requirements.in"], ["--cert", "my cert.pem", "--client-cert", "it's.pem", "requirements.in"],
    ["--extra", "dev", "--extra", "test", "pyproject.toml"], ["--all-extras", "pyproject.toml"], ["--no-emit-index-url", "--no-emit-find-links", "requirements.in"],
    ["--no-emit-trusted-host", "--no-emit-options", "requirements.in"], ["--emit-options", "--emit-index-url", "requirements.in"],
    ["--unsafe-package", "b", "--unsafe-package", "a", "requirements.in"], ["-c", "c.txt", "--constraint", "b.txt", "requirements.in"],
    ["--pip-args", "--retries 10 --timeout 5", "requirements.in"], ["--pip-args", "--cert 'a b'", "requirements.in"], ["--pip-args", "it's \"x\" \\ y", "requirements.in"],
    ["--max-rounds", "10", "requirements.in"], ["--max-rounds", "20", "requirements.in"], ["--no-build-isolation", "requirements.in"], ["--build-isolation", "requirements.in"],
    ["--resolver", "backtracking", "requirements.in"], ["--resolver", "legacy", "requirements.in"], ["-", "-o", "requirements.txt"], ["requirements.in", "-", "-o", "x"],
    ["--", "-odd.in"], ["-o", "x", "--", "-odd.in", "requirements.in"], ["with space.in"], ["it's.in"], ["ünï.in"], ["$HOME.in"], ["a&b.in"], ["sub/../requirements.in"],
    ["--no-config", "requirements.in"], ["--config", "pyproject.toml", "requirements.in"], ["--config", "other.toml", "requirements.in"],
    ["--uploaded-prior-to", "2024-01-01T00:00:00Z", "requirements.in"], ["--color", "requirements.in"], ["--no-color", "requirements.in"],
    ["--upgrade", "--no-header", "-q", "--strip-extras", "-o", "r.txt", "--generate-hashes", "--allow-unsafe", "b.in", "a.in"],
    ["--no-header", "--header", "requirements.in"], ["--allow-unsafe", "--no-allow-unsafe", "requirements.in"], ["--newline", "LF", "--newline", "native", "requirements.in"],
]


def context(cli, args):
    return cli.make_context("pip-compile", list(args))


def requirement(entry):
    from pip._internal.models.link import Link
    from pip._internal.req import InstallRequirement
    from pip._internal.req.constructors import install_req_from_line
    from pip._vendor.packaging.requirements import Requirement
    from piptools._compat.pip_compat import FileLink

    extras = "[" + ",".join(entry["extras"]) + "]" if entry.get("extras") else ""
    if "editable" in entry:
        ireq = InstallRequirement(Requirement(entry["name"]), None, editable=True, link=Link("file:///project/x"))
        ireq.link = FileLink(ireq.link.url)
        ireq.link._url = entry["editable"]
    elif "url" in entry:
        ireq = install_req_from_line(f"{entry['name']}{extras} @ {entry['url']}")
    else:
        specifier = "===" + entry["arbitrary"] if "arbitrary" in entry else "==" + entry["version"]
        ireq = InstallRequirement(Requirement(entry["name"] + extras + specifier), None)
    ireq._required_by = {origin for origin in entry.get("origins", []) if not origin.startswith(("-r", "-c"))}
    sources = [origin for origin in entry.get("origins", []) if origin.startswith(("-r", "-c"))]
    ireq._source_ireqs = []
    for line, origin in enumerate(sources, start=1):
        source = InstallRequirement(ireq.req, f"{origin} (line {line})")
        ireq._source_ireqs.append(source)
    return ireq


def write(entry, cli):
    from pip._internal.models.format_control import FormatControl
    from pip._vendor.packaging.markers import Marker
    from piptools.utils import key_from_ireq
    from piptools.writer import OutputWriter

    os.environ.pop("CUSTOM_COMPILE_COMMAND", None)
    if "custom" in entry:
        os.environ["CUSTOM_COMPILE_COMMAND"] = entry["custom"]
    options = entry.get("options", {})
    allow_unsafe = entry.get("allowUnsafe", False)
    buffer = io.BytesIO()
    writer = OutputWriter(
        buffer, click_ctx=context(cli, entry.get("args", ["requirements.in"])), dry_run=False,
        emit_header=entry.get("header", False), emit_index_url=entry.get("emitIndexURL", True),
        emit_trusted_host=entry.get("emitTrustedHost", True), annotate=entry.get("annotate", True),
        annotation_style=entry.get("style", "split"), strip_extras=entry.get("stripExtras", False),
        default_index_url="https://index.example/simple", index_urls=options.get("indexes", []),
        trusted_hosts=options.get("hosts", []),
        format_control=FormatControl(set(options.get("noBinary", [])), set(options.get("onlyBinary", []))),
        linesep=entry.get("newline", "\n"), allow_unsafe=allow_unsafe, find_links=options.get("links", []),
        emit_find_links=entry.get("emitFindLinks", True), emit_options=entry.get("emitOptions", True))
    pairs = [(requirement(p), p) for p in entry["pins"]]
    unsafe = [(requirement(p), p) for p in entry.get("unsafe", [])]
    everything = pairs + unsafe
    hashes = {ireq: set(p.get("hashes", [])) for ireq, p in (everything if allow_unsafe else pairs)}
    writer.write(
        results={ireq for ireq, _ in (everything if allow_unsafe else pairs)},
        unsafe_requirements=set() if allow_unsafe else {ireq for ireq, _ in unsafe},
        unsafe_packages={"setuptools", "pip", "distribute"},
        markers={key_from_ireq(ireq): Marker(p["marker"]) for ireq, p in everything if p.get("marker")},
        hashes=hashes if any(hashes.values()) else None)
    text = buffer.getvalue()
    text = text.replace(b"autogenerated by pip-compile", b"autogenerated by repin")
    return text.replace(b"#    pip-compile", b"#    repin compile")


def main(directory):
    from piptools.scripts.compile import cli
    from piptools.utils import get_compile_command

    logging.disable(logging.CRITICAL)
    for key in [key for key in os.environ if key.startswith("PIP_")]:
        del os.environ[key]
    os.environ["PIP_CONFIG_FILE"] = os.devnull
    directory = os.path.abspath(directory)
    os.makedirs(directory, exist_ok=True)
    describe()
    with tempfile.TemporaryDirectory() as project:
        os.chdir(project)
        for name in ("requirements.in", "a.in", "b.in", "-odd.in", "with space.in", "it's.in", "ünï.in", "$HOME.in", "a&b.in", "pyproject.toml",
                     "other.toml", "c.txt", "b.txt"):
            open(name, "w").close()
        os.mkdir("sub")
        os.mkdir("links")
        os.mkdir("out dir")
        with open(os.path.join(directory, "cases.jsonl"), "w") as cases:
            for entry in CASES:
                with open(os.path.join(directory, entry["name"] + ".txt"), "wb") as file:
                    file.write(write(entry, cli))
                print(json.dumps(entry), file=cases)
        with open(os.path.join(directory, "command-lines.jsonl"), "w") as lines:
            for args in COMMANDS:
                ctx = context(cli, args)
                row = {"arguments": args, "command": get_compile_command(ctx).replace("pip-compile", "repin compile", 1)}
                print(json.dumps(row), file=lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
