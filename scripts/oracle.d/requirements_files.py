"""What pip makes of small requirements files: Fixtures/oracle/requirements-files.jsonl.

Run with a Python that has pip 26.3 and pip-tools 7.6.2:  python requirements_files.py > …/requirements-files.jsonl

One JSON object a line: the files, and what pip's own parser accepts (requirements, options) or that it rejects
them. Every case sees the directory /project with the tree below and the environment below.
"""

import json
import logging
import os
import random
import re
import shutil
import sys
import tempfile

TREE = {
    "pkg/pyproject.toml": "",
    "old/setup.py": "",
    "empty/readme": "",
    "with space/pyproject.toml": "",
    "wheels/demo-1.0-py3-none-any.whl": "",
    "wheels/bad.whl": "",
    "sdists/demo-1.0.tar.gz": "",
    "demo.zip": "",
    "sub/links/readme": "",
    "links/readme": "",
}
ENVIRONMENT = {"TOKEN": "s3cret", "HOST": "host.example", "EMPTY": "", "A1_B": "flask", "NESTED": "${TOKEN}",
               "OPTIONS": "--pre --no-index", "HASHED": "a #b"}
HASH = "0123456789abcdef" * 4


def one(*lines):
    """One file a line."""
    return [{"r.in": line + "\n"} for line in lines]


def cases():
    yield from one(
        "flask", "Flask", "flask>=2", "flask >= 2, <3", "flask>=2,<3,!=2.5", "flask==2.0", "flask===2.0",
        "flask~=2.0", "flask==2.*", "flask=2", "flask=>2", "flask>", "flask 2", "flask(>=2)", "flask (>=2,<3)",
        "flask[async]", "flask[async,dotenv]>=2", "flask [async] >= 2", "flask[ async , dotenv ]", "flask[]",
        "flask[async", "flask]", "flask[async]]", "flask[-x]", "-flask", "_flask", "flask_", "zope.interface",
        "ruamel_yaml", "a", "1", "1.0", "flask>=2; python_version<'3.12'", "flask;python_version<'3.12'",
        'flask ; python_version < "3.12"', "flask ; sys_platform == 'win32' and python_version >= '3'",
        "flask ; (sys_platform == 'win32' or os_name == 'nt') and python_version >= '3'", "flask ;", "flask;",
        "flask ; ;", "flask ; nonsense == '1'", "flask ; python_version", "flask ; extra == 'dev'",
        "flask ; 'linux' in sys_platform", "flask ; sys_platform not in 'win32'", "flask ; python_version < '3' #c",
        "flask ; python_version<'3' and", "flask ; python_full_version ~= '3.8'",
        "flask ; implementation_name == 'cpython' --hash=sha256:" + HASH,
    )
    # comments and white space
    yield from one(
        "# comment", "   # comment", "#", "flask # comment", "flask  # comment", "flask#comment", "flask\t#comment",
        "flask #", "flask # a # b", "\tflask", "  flask  ", "flask\u00a0", "\u00a0flask", "flask\u3000# c", "",
        "   ", "flask \u2003", "flask\x1f", "fl ask", "flask # \\",
    )
    yield {"r.in": ""}
    yield {"r.in": "flask"}
    yield {"r.in": "flask\r\ndjango\r\n"}
    yield {"r.in": "flask\rdjango\r"}
    yield {"r.in": "flask\x0bdjango\x0cattrs\x1cidna\x1dsix\x1eyarl\u0085anyio\u2028pip\u2029wheel\n"}
    yield {"r.in": "\ufeffflask\n"}
    yield {"r.in": "flask\n\n\n# c\n\ndjango\n"}
    # continuations
    for text in (
        "flask \\\n  >=2\n", "flask\\\n>=2\n", "flask \\\n# comment\ndjango\n", "flask # c \\\ndjango\n",
        "# c \\\nflask\n", "  # c \\\nflask\n", "flask \\", "flask \\\n", "flask \\\n\ndjango\n", "\\\nflask\n",
        "\\\\flask\\\\\ndjango\n", "flask \\\\\n>=2\n", "fla\\\nsk\n", "flask \\\r\n>=2\r\n",
        "flask==1 \\\n    --hash=sha256:%s \\\n    --hash=sha512:%s\n" % (HASH, HASH * 2),
        "flask==1 \\\n    --hash=sha256:%s\ndjango\n" % HASH,
        "flask==1 \\\n    # via x\n    --hash=sha256:%s\n" % HASH, "flask \\ \n>=2\n",
        "flask \\\n  # one \\\n  # two\n", "\\\n\\\n\\\nflask\n", "flask \\\n \\\n >=2 # c\nsix\n",
        "-r \\\n b.in\n", "flask>=2,\\\n<3 ; \\\npython_version \\\n> '3'\n",
    ):
        yield {"r.in": text, "b.in": "six\n"}
    # hashes and options of requirements
    yield from one(
        f"flask==1 --hash=sha256:{HASH}", f"flask==1 --hash sha256:{HASH}", f"flask==1 --hash=sha256:{HASH} --hash=sha384:{HASH}",
        "flask==1 --hash=md5:abc", "flask==1 --hash=sha1:abc", "flask==1 --hash=sha256", "flask==1 --hash=",
        "flask==1 --hash=sha256:", "flask==1 --hash", f"--hash=sha256:{HASH}", f"flask==1 --has=sha256:{HASH}",
        f"flask==1 '--hash=sha256:{HASH}'", f"flask==1 --hash='sha256:{HASH}'", f"flask==1\t--hash=sha256:{HASH}",
        f"flask==1  --hash=sha256:{HASH}  ", "flask --config-settings a=b", "flask --config-settings=a=b",
        "flask -C a=b -C a=c", "flask --config-settings a", "flask -Ca=b", "flask --config-settings 'a=b c'",
        "flask --global-option=x", "flask --install-option=x", "flask --pre", "flask -r b.in", "flask -e ./pkg",
        "flask --no-binary :all:", "flask --only-binary=flask", "flask -i https://x.example/", "flask - x", "flask -",
        "flask -- x", "flask --frobnicate", "flask -x", "flask --hash=sha256:a extra words", "flask --hash=SHA256:abc",
        "flask --hash=sha256:zz", "flask --hash=sha256:a:b",
    )
    # global options
    yield from one(
        "-i https://a.example/simple", "--index-url https://a.example/simple", "--index-url=https://a.example/simple",
        "-ihttps://a.example/simple", "-i=https://a.example/simple", "--pypi-url https://a.example/simple",
        "--index https://a.example/", "--i https://a.example/", "--index-url", "-i", "--index-url=",
        "--index-url ''", "--extra-index-url https://b.example/simple", "--extra https://b.example/", "--extra-index-url",
        "--no-index", "--no-index=1", "--no-index yes", "-f links", "-f ./links", "-f nolinks", "-f https://l.example/x.html",
        "--find-links=links", "-f links -f nolinks", "--find-links", "--no-binary :all:", "--no-binary=:none:",
        "--no-binary a,B_c", "--only-binary :all:", "--only-binary=:all:,:none:,x", "--no-binary :all: --only-binary x",
        "--no-binary x --only-binary x", "--no-binary", "--no-binary=-x", "--only-binary -x", "--prefer-binary",
        "--prefer-binary=x", "--pre", "--pre=x", "--pr", "--pre --pre", "--require-hashes", "--no-require-hashes",
        "--require", "--require-hashes flask", "--trusted-host h.example", "--trusted-host h.example:8080",
        "--trusted-host=H.Example", "--trusted-host", "--use-feature fast-deps", "--use-feature=nonsense", "--use-feature",
        "--all-releases :all:", "--all-releases a,b --only-final b", "--only-final :all:", "--only-final=:none:",
        "--pre --only-final x", "--frobnicate", "--frobnicate=x", "-x", "-Z", "--", "-- flask", "--=x", "-", "- flask",
        "--no-index --index-url https://a.example/", "--index-url https://a.example/ --extra-index-url https://b.example/",
        "--extra-index-url https://b.example/ --index-url https://a.example/", "-i a -i b", "-i 'https://a b/'",
        "-i \"https://a.example/\"", "-i 'https://a.example/", "-i \"https://a.example/", "-i https://a.example/\\ b",
        "-i https://a.example/ # comment", "-i https://a.example/#frag", "--process-dependency-links", "-v", "--isolated",
        "--index-url https://user:pass@a.example/simple", "--pre flask", "-i https://a.example/ flask",
        "-f \"a\\\"b\"", "-f 'a\\b'", "-f a\\'b", "-f \"a\\c\"", "-f ''",
        "--global-option x",
    )
    yield {"r.in": "--extra-index-url https://b.example/\n--index-url https://a.example/\n--extra-index-url https://c.example/\n"}
    yield {"r.in": "--no-index\n--index-url https://a.example/\n-f links\n"}
    yield {"r.in": "--no-binary :all:\n--only-binary :all:\n--no-binary x\n"}
    yield {"r.in": "--only-binary a,b\n--no-binary b,c\n--only-binary :none:\nflask\n"}
    yield {"r.in": "--all-releases :all:\n--only-final x\n--pre\n"}
    # URLs
    yield from one(
        "flask @ https://h.example/flask-1.0.tar.gz", "flask@https://h.example/flask-1.0.tar.gz",
        "flask @ https://h.example/flask-1.0.tar.gz ; python_version < '3'",
        "flask @ https://h.example/flask-1.0.tar.gz; python_version < '3'",
        "flask @ https://h.example/flask-1.0.tar.gz;python_version < '3'", "flask[async] @ https://h.example/f.zip",
        "flask @ https://h.example/f.zip#sha256=" + HASH, "flask @ https://h.example/f.zip#subdirectory=a&sha256=" + HASH,
        "flask @ https://h.example/f.zip#egg=flask", "flask @ https://h.example/f.zip#egg=flask[x]", "flask @",
        "flask @ ", "flask @ https://h.example/a b", "flask @ git+https://h.example/r.git@v1", "flask>=1 @ https://h.example/",
        "flask @ git+ssh://git@h.example/r.git@v1#subdirectory=a", "flask @ file:///project/pkg", "flask @ file:pkg",
        "flask @ file://other.example/pkg", "flask @ ./pkg", "flask @ pkg", "flask @ https://[::1/x", "flask @ https://[::1]/x",
        "https://h.example/flask-1.0.tar.gz", "https://h.example/flask-1.0.tar.gz#egg=flask", "https://h.example/x#egg=a b",
        "https://h.example/flask-1.0.tar.gz#egg=flask[async]", "https://h.example/flask-1.0.tar.gz#egg=flask==1.0",
        "https://h.example/flask-1.0.tar.gz#subdirectory=x&egg=flask", "https://h.example/x.tar.gz#egg=",
        "https://h.example/flask-1.0-py3-none-any.whl", "https://h.example/flask-1.0-py3-none-any.whl#sha256=" + HASH,
        "https://h.example/flask-py3-none-any.whl", "https://h.example/bad.whl", "https://h.example/flask-1.0-1-py3-none-any.whl",
        "https://h.example/flask-1.0%2Bcpu-py3-none-any.whl", "https://h.example/x.whl?y=1", "http://h.example/flask.zip",
        "https://h.example/flask.zip ; python_version<'3'", "https://h.example/flask.zip;python_version<'3'",
        "https://h.example/flask.zip; python_version<'3'", "https://h.example/flask.zip ; nonsense", "HTTPS://h.example/f.zip",
        "ftp://h.example/f.zip", "git+https://h.example/r.git", "git+https://h.example/r.git@main#egg=flask",
        "git+https://h.example/r.git@main#egg=flask&subdirectory=a/b", "git+ssh://git@h.example/r.git#egg=flask",
        "git://h.example/r.git#egg=flask", "git+git@h.example:r.git#egg=x", "git+git://h.example/r.git#egg=x",
        "hg+https://h.example/r#egg=flask", "svn+svn://h.example/r#egg=flask", "bzr+lp:r#egg=flask", "ssh://h.example/r",
        "gopher://h.example/f.zip", "file:///project/pkg", "file:pkg", "file:./pkg", "file:///project/pkg/../pkg",
        "file:///project/pkg/../pkg#egg=x", "file://localhost/project/pkg", "file://other.example/pkg", "file:///nowhere",
        "file:///project/wheels/demo-1.0-py3-none-any.whl", "file:///project/pkg[dev]", "https://[::1", "https://",
        "https:flask", "https://user:pass@h.example/flask.zip#egg=flask", "https://h.example/a.zip#egg=b#egg=c",
        "https://h.example/a%20b.zip", "https://h.example/a b.zip",
    )
    # paths
    yield from one(
        "./pkg", "pkg", "pkg/", "./pkg/", "../project/pkg", "/project/pkg", "./pkg[dev]", "./pkg[dev,Test_x]", "./pkg[ dev ]",
        "./pkg [dev]", "./pkg[]", "./pkg[de v]", "./pkg; python_version < '3'", "./pkg ; python_version < '3'", "./pkg>=1", ".",
        "./old", "./empty", "./nowhere", "./with space", "with space/", "/nowhere", "..", "wheels/demo-1.0-py3-none-any.whl",
        "./wheels/demo-1.0-py3-none-any.whl", "./wheels/demo-1.0-py3-none-any.whl[dev]", "./wheels/bad.whl", "wheels/bad.whl",
        "./sdists/demo-1.0.tar.gz", "sdists/demo-1.0.tar.gz[dev]", "demo.zip", "nothere.zip", "nothere-1.0-py3-none-any.whl",
        "nothere.tar.gz ; python_version < '3'", "./nothere.tar.bz2", "x@nothere.zip", "./x@nothere.zip", "nothere.exe", "a.tar",
        "sub/../pkg", "pkg/../pkg", "demo.ZIP", "./wheels", "~/pkg", "./pkg#egg=x", "./sdists/demo-1.0.tar.gz --hash=sha256:" + HASH,
        "x @ ./nothere.zip", "nothere.zip>=1", "pkg\\sub", "./pkg ; nonsense",
    )
    # editables
    yield from one(
        "-e ./pkg", "-e pkg", "-e .", "-e ./pkg[dev]", "-e ./pkg[dev,test]", "-e './pkg'", "-e \"./with space\"", "-e ./with\\ space",
        "-e ./with space", "--editable ./pkg", "--editable=./pkg", "-e./pkg", "-e=./pkg", "-e", "--edit ./pkg", "-e ./nowhere",
        "-e ./empty", "-e flask", "-e flask==1", "-e ./pkg ; python_version < '3'", "-e ./pkg --hash=sha256:" + HASH,
        "-e git+https://h.example/r.git#egg=flask", "-e git+https://h.example/r.git", "-e git+https://h.example/r.git@v1#egg=flask[x]",
        "-e git+ssh://git@h.example/r.git#egg=flask&subdirectory=a", "-e flask@git+https://h.example/r.git",
        "-e 'flask @ git+https://h.example/r.git'", "-e 'flask[x] @ git+https://h.example/r.git@v1 ; python_version < \"3\"'",
        "-e 'flask @ https://h.example/f.zip'", "-e flask @ git+https://h.example/r.git", "-e https://h.example/f.zip#egg=flask",
        "-e git:h.example/r#egg=x", "-e git://h.example/r#egg=x", "-e svn://h.example/r#egg=x", "-e file:///project/pkg",
        "-e file:///project/pkg#egg=demo", "-e file:///project/pkg[dev]", "-e file:pkg", "-e file:///nowhere", "-e ./wheels/bad.whl",
        "-e ./demo.zip", "-e demo.zip", "-e -e", "-e ./pkg -e ./old", "-e ./pkg --config-settings a=b", "-e ./pkg # c", "-e ''",
        "-e 'x @ file:///project/pkg'", "-e ./pkg[", "-e ./pkg[]", "-e ./pkg[a b]", "-e GIT+https://h.example/r#egg=x",
        "-e hg+https://h.example/r#egg=a_b", "-e git+https://h.example/r#egg=a b", "-e git+https://h.example/r#egg=-a", "-e /project/pkg",
        "-e file://other.example/x",
    )
    # variables
    yield from one(
        "${A1_B}", "${A1_B}>=2", "$A1_B", "${a1_b}", "${UNSET}", "${EMPTY}", "flask ${UNSET}", "-i https://u:${TOKEN}@h.example/",
        "-i https://${HOST}/${TOKEN}/${TOKEN}", "${A1_B}${A1_B}", "-i https://${NESTED}/${TOKEN}", "-i https://${TOKEN}/${NESTED}",
        "${OPTIONS}", "${HASHED}", "-r ${HOST}.in", "${A1_B} # ${TOKEN}", "-f ${HOST}", "${A1_B}[${A1_B}]", "${}", "${A-B}", "${A1_B",
        "flask @ https://${TOKEN}@h.example/f.zip", "-e ${HOST}", "--trusted-host ${HOST}", "$${A1_B}", "${A1_B}}",
    )
    # includes
    two = {"b.in": "six>=1\n", "c.txt": "idna<4\n", "sub/d.in": "attrs\n-r ../b.in\n-c ../c.txt\n", "sub/e.in": "./pkg\n-f links\n"}
    for line in (
        "-r b.in", "-c c.txt", "--requirement b.in", "--requirement=b.in", "--constraint c.txt", "--constraint=c.txt", "-rb.in",
        "-cc.txt", "-r ./b.in", "-r sub/d.in", "-c sub/d.in", "-r b.in # comment", "-r 'b.in'", "-r nowhere.in", "-c nowhere.txt",
        "-r b.in -r c.txt", "-r b.in -c c.txt", "-c c.txt -r b.in", "-r b.in --pre", "-r b.in c.txt", "-r", "-c", "-r ''",
        "-r r.in", "-c r.in", "-r ./r.in", "-r sub/../r.in", "-r sub/../b.in", "-r /project/b.in", "-r file:///project/b.in",
        "flask\n-r b.in\ndjango", "-r b.in\n-r b.in", "-r sub/e.in", "-r=b.in", "--req b.in", "--cons c.txt", "-r b.in\n-c b.in",
        "-r b.in --no-binary x", "-r sub", "-r b.in --hash=sha256:" + HASH, "-c c.txt\n-c c.txt\nidna",
    ):
        yield {"r.in": line + "\n", **two}
    yield {"r.in": "-r a.in\n", "a.in": "-r b.in\n", "b.in": "-r r.in\n"}
    yield {"r.in": "-r a.in\n-r b.in\n", "a.in": "-r c.in\n", "b.in": "-r c.in\n", "c.in": "six\n"}
    yield {"r.in": "-r a.in\nyarl\n", "a.in": "six\n-bad\n"}
    yield {"r.in": "-c c.txt\nflask\n", "c.txt": "-e ./pkg\n"}
    yield {"r.in": "-c c.txt\nflask\n", "c.txt": "-r a.in\n./pkg\nx[y]==1\n", "a.in": "six\n"}
    yield {"r.in": "-c c.txt\n", "c.txt": "-i https://a.example/\n--pre\nsix==1 --hash=sha256:%s\n" % HASH}
    # encodings: bytes as Latin-1 under "bytes"
    yield {"r.in": "flask\n".encode("utf-16")}
    yield {"r.in": b"\xfe\xff" + "flask # \u00e9\n".encode("utf-16-be")}
    yield {"r.in": b"\xff\xfe\x00\x00" + "flask\n".encode("utf-32-le")}
    yield {"r.in": b"\x00\x00\xfe\xff" + "flask\n".encode("utf-32-be")}
    yield {"r.in": b"\xef\xbb\xbfflask\n"}
    yield {"r.in": "# -*- coding: latin-1 -*-\nflask # \u00e9\n".encode("latin-1")}
    yield {"r.in": "# c\n# vim: set fileencoding=iso-8859-1 :\nflask # \u00e9\n".encode("latin-1")}
    yield {"r.in": "# c\n# c\n# coding: latin-1\nflask # \u00e9\n".encode("utf-8")}
    yield {"r.in": "# coding: utf-8\nflask # \u00e9\n".encode("latin-1")}
    yield {"r.in": b"# coding: ascii\nflask # \xc3\xa9\n"}
    yield {"r.in": b"# coding: nonsense\nflask\n"}
    yield {"r.in": b"# coding: cp1252\nflask\n"}
    yield {"r.in": b"flask # \xc3\xa9\n"}
    yield {"r.in": b"flask # \xff\n"}
    yield {"r.in": b"\xff\xfefl"}
    yield {"r.in": b"flask # \x00\n"}
    yield {"r.in": b"fl\x00ask\n"}
    # a seeded mixture of pieces
    source = random.Random(26)
    names = ["flask", "Django", "zope.interface", "a_b", "./pkg", "demo.zip", "x @ https://h.example/x-1.zip", "${A1_B}", "-e ./pkg",
             "https://h.example/y-1.0-py3-none-any.whl", "-r b.in", "-c c.txt", "--pre", "-i https://a.example/", ""]
    extras = ["", "", "", "[a]", "[a,b]", " [a]"]
    versions = ["", "", ">=1", "==1.0", " ~= 2.1", ">=1,<2", "<3 "]
    markers = ["", "", "", " ; python_version < '3.9'", ";os_name=='nt'", " ; extra == 'x'"]
    hashes = ["", "", "", f" --hash=sha256:{HASH}", f" \\\n  --hash=sha256:{HASH}", f" --hash sha512:{HASH} \\\n --hash=sha256:{HASH}"]
    comments = ["", "", "", " # c", "  # via x", "#c", " \\", " \\\n# c"]
    ends = ["\n", "\n", "\n", "\r\n", "\n\n", "\x0c"]
    for _ in range(260):
        text = "".join(
            "".join(source.choice(choices) for choices in (names, extras, versions, markers, hashes, comments, ends))
            for _ in range(source.randint(1, 3)))
        yield {"r.in": text, "b.in": "six>=1\n", "c.txt": "idna<4\n"}


def facts(files, root, repository):
    from pip._internal.cli import cmdoptions
    from pip._internal.exceptions import PipError
    from pip._internal.req import parse_requirements
    from pip._internal.req.constructors import install_req_from_parsed_requirement
    from pip._vendor.packaging.requirements import InvalidRequirement
    from pip._vendor.packaging.utils import canonicalize_name

    repository = repository(["--index-url", "https://index.example/simple/"], cache_dir=root + "-cache")
    finder, options = repository.finder, repository.options
    options.features_enabled = []
    cmdoptions.use_new_feature.keywords["default"].clear()  # pip shares one default list
    requirements = []
    try:
        for parsed in parse_requirements("r.in", session=repository.session, finder=finder, options=options):
            requirement = install_req_from_parsed_requirement(parsed)
            line = re.search(r"\(line (\d+)\)$", requirement.comes_from)
            entry = {
                "name": requirement.req and canonicalize_name(requirement.req.name),
                "specifier": str(requirement.req.specifier) if requirement.req else "",
                "url": requirement.link and requirement.link.url,
                "marker": requirement.markers and str(requirement.markers),
                "extras": sorted(canonicalize_name(e) for e in requirement.extras),
                "constraint": requirement.constraint,
                "editable": requirement.editable,
                "hashes": sorted(f"{a}:{d}" for a, ds in requirement.hash_options.items() for d in ds),
                "line": int(line[1]),
                "text": parsed.requirement,
                "settings": (parsed.options or {}).get("config_settings"),
            }
            requirements.append({k: v for k, v in entry.items() if v})
    except (PipError, InvalidRequirement, UnicodeError, LookupError, ValueError, OSError) as error:
        return {"rejected": type(error).__name__}
    control = finder.format_control
    release = finder.release_control
    values = {
        "requirements": requirements,
        "indexes": finder.index_urls,
        "links": finder.find_links,
        "noIndex": finder.search_scope.no_index,
        "hosts": [":".join(str(p) for p in pair if p) for pair in repository.session.pip_trusted_origins],
        "noBinary": sorted(control.no_binary),
        "onlyBinary": sorted(control.only_binary),
        "allReleases": sorted(release.all_releases) if release else [],
        "onlyFinal": sorted(release.only_final) if release else [],
        "preferBinary": finder.prefer_binary,
        "requireHashes": bool(options.require_hashes),
        "noRequireHashes": bool(getattr(options, "no_require_hashes", False)),
        "features": list(options.features_enabled),
    }
    if values["indexes"] == ["https://index.example/simple/"]:
        del values["indexes"]
    return {k: v for k, v in values.items() if v or k == "indexes"}


def main():
    from piptools.repositories import PyPIRepository

    logging.disable(logging.CRITICAL)
    for key in [key for key in os.environ if key.startswith("PIP_")]:
        del os.environ[key]
    os.environ.update(ENVIRONMENT, PIP_CONFIG_FILE=os.devnull)
    parent = os.path.realpath(tempfile.mkdtemp())
    root = os.path.join(parent, "project")
    seen = set()
    print(json.dumps({"tree": sorted(TREE), "environment": ENVIRONMENT}))
    for number, files in enumerate(cases(), start=1):
        key = json.dumps({k: str(v) for k, v in files.items()}, sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        shutil.rmtree(root, ignore_errors=True)
        for path, content in {**TREE, **files}.items():
            if isinstance(content, str):
                content = re.sub(r"(?<!\.)/project", root, content).encode()
            target = os.path.join(root, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content)
        os.chdir(root)
        result = facts(files, root, PyPIRepository)
        row = {"id": number, "files": {}, "bytes": {}}
        for path, content in files.items():
            kind, text = ("files", content) if isinstance(content, str) else ("bytes", content.decode("latin-1"))
            row[kind][path] = text
        row = {k: v for k, v in row.items() if v} | result
        print(json.dumps(row).replace(root, "/project"))
    shutil.rmtree(parent)


if __name__ == "__main__":
    sys.exit(main())
