#!/usr/bin/env python3
"""Asks another resolver what the scenarios of Fixtures/scenarios ask, and tells where it answers otherwise.

    scenarios.py DIRECTORY PEER [--repin BINARY] [--only WORD]

Serves each scenario's index on the loopback interface, as a Simple API in JSON (PEP 691, PEP 700) with wheels' metadata
beside them (PEP 658), and runs `PEER pip compile` against it. A scenario that answers otherwise on purpose says so and
why (`differs:`); that line must not outlive the difference. With `--repin`, the command is asked the same, and must
answer as the scenario has it: this takes the scenarios through the index's client too.

Exit code 1: a difference that no scenario explains, or an explanation of none.
"""

import argparse
import concurrent.futures
import hashlib
import http.server
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import threading
import urllib.parse
import zipfile

BACKEND = """
import os, tarfile
META = {metadata!r}
STEM = {stem!r}
def prepare_metadata_for_build_wheel(directory, config_settings=None):
    os.makedirs(os.path.join(directory, STEM + ".dist-info"), exist_ok=True)
    with open(os.path.join(directory, STEM + ".dist-info", "METADATA"), "w") as file:
        file.write(META)
    return STEM + ".dist-info"
def build_wheel(directory, config_settings=None, metadata_directory=None):
    raise RuntimeError("only metadata can be had")
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


class Scenario:
    """One scenario, as far as a peer can be asked."""

    def __init__(self, place, rule):
        self.place, self.rule, self.fields, self.releases = place, rule, {}, []

    def values(self, key):
        return self.fields[key].split(" | ") if key in self.fields else []

    def words(self, key):
        return self.fields[key].split(" ") if key in self.fields else []

    @property
    def answer(self):
        if "pins" not in self.fields:
            return "refused"
        return " ".join(self.words("pins"))


def read(directory):
    scenarios = []
    for path in sorted(directory.glob("*.scenarios")):
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if line == "" or line.startswith("#"):
                continue
            if line.startswith("= "):
                scenarios.append(Scenario(f"{path.name}:{number}", line[2:]))
            elif line.split(" ")[0].endswith(":"):
                key, _, value = line.partition(": ")
                scenarios[-1].fields[key] = value
            else:
                scenarios[-1].releases.append(release(line))
    return scenarios


def release(line):
    head, *clauses = line.split(" | ")
    name, version = head.split(" ")
    found = {"name": name, "version": version, "requires": [], "extras": [], "files": ["py3-none-any"]}
    for clause in clauses:
        word, _, rest = clause.partition(" ")
        if word == "requires":
            found["requires"].append(rest)
        elif word in ("extras", "files"):
            found[word] = rest.split(" ")
        elif word == "requires-python":
            found["page-python"] = found["metadata-python"] = rest
        else:
            found[word] = rest
    return found


def metadata(release):
    if "unreadable" in release:
        return f"Metadata-Version: 2.2\nVersion: {release['version']}\n"
    lines = ["Metadata-Version: 2.2", f"Name: {release['name']}", f"Version: {release['version']}"]
    if "metadata-python" in release:
        lines.append(f"Requires-Python: {release['metadata-python']}")
    lines += [f"Provides-Extra: {extra}" for extra in release["extras"]]
    lines += [f"Requires-Dist: {requirement}" for requirement in release["requires"]]
    return "\n".join(lines) + "\n"


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def moment(text):
    return text if "T" in text or text == "false" else text + "T00:00:00Z"


class World:
    """What the server has: answers by path."""

    def __init__(self):
        self.answers = {}

    def add(self, number, scenario):
        pages = {}
        for release in scenario.releases:
            page = pages.setdefault(normalized(release["name"]), {"files": [], "versions": []})
            if release["version"] not in page["versions"]:
                page["versions"].append(release["version"])
            for kind in release["files"]:
                page["files"].append(self.file(number, release, kind))
        for name, page in pages.items():
            page.update({"name": name, "meta": {"api-version": "1.1"}})
            self.answers[f"/{number}/simple/{name}/"] = json.dumps(page).encode()

    def file(self, number, release, kind):
        stem = f"{release['name'].replace('-', '_')}-{release['version']}"
        text = metadata(release)
        told = {}
        match = re.fullmatch(r"(sdist|built)(.*)", kind)
        if match:
            filename = stem + (match[2] or ".tar.gz")
            content = source(stem, text, match[1] == "sdist", filename.endswith(".zip"))
        else:
            filename = f"{stem}-{kind}.whl"
            content = wheel(stem, text)
            told = {"core-metadata": {"sha256": hashlib.sha256(text.encode()).hexdigest()}}
        path = f"/{number}/files/{filename}"
        self.answers[path] = content
        if told:
            self.answers[path + ".metadata"] = text.encode()
        entry = {"filename": filename, "url": urllib.parse.quote(path), "hashes": {}, "size": len(content), **told}
        if "page-python" in release:
            entry["requires-python"] = release["page-python"]
        if "uploaded" in release:
            entry["upload-time"] = moment(release["uploaded"])
        if "yanked" in release:
            entry["yanked"] = release["yanked"] or True
        return entry


def wheel(stem, text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{stem}.dist-info/METADATA", text)
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return buffer.getvalue()


def source(stem, text, tells, is_zip):
    files = {"pyproject.toml": PROJECT, "backend.py": BACKEND.format(metadata=text, stem=stem)}
    if tells:
        files["PKG-INFO"] = text
    buffer = io.BytesIO()
    if is_zip:
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(f"{stem}/{name}", content)
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"{stem}/{name}")
            entry.size = len(content.encode())
            archive.addfile(entry, io.BytesIO(content.encode()))
    return buffer.getvalue()


def handler(world):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer = world.answers.get(urllib.parse.unquote(self.path))
            self.send_response(404 if answer is None else 200)
            if self.path.endswith("/"):
                self.send_header("Content-Type", "application/vnd.pypi.simple.v1+json")
            self.send_header("Content-Length", str(len(answer or b"")))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(answer or b"")

        do_HEAD = do_GET

        def handle_one_request(self):
            try:
                super().handle_one_request()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # A peer that knows enough hangs up.

        def log_message(self, *_):
            pass

    return Handler


def options(scenario, is_repin):
    """The options that a scenario's question is put with."""
    found = ["--python-version", scenario.fields.get("python", "3.12")]
    found += ["--python-platform", scenario.fields.get("platform", "linux")]
    policy = scenario.fields.get("pre-releases", "if-necessary")
    if not is_repin or policy != "if-necessary":
        found += ["--prerelease", policy]
    if "exclude-newer" in scenario.fields:
        found += ["--exclude-newer", moment(scenario.fields["exclude-newer"])]
    for word in scenario.words("exclude-newer-package"):
        name, _, time = word.partition("=")
        found += ["--exclude-newer-package", f"{name}={moment(time)}"]
    for key in ("only-binary", "no-binary"):
        for word in scenario.words(key):
            found += [f"--{key}", word]
    if "no-build" in scenario.fields:
        found += ["--no-build", ":all:"] if is_repin else ["--no-build"]
    if "resolution" in scenario.fields:
        found += ["--resolution", scenario.fields["resolution"]]
    if "no-deps" in scenario.fields:
        found.append("--no-deps")
    return found


def ask(command, scenario, address, is_repin):
    """What a resolver answers: its pins, or `refused`; and what it says."""
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        files = {"asks": "requirements.in", "constraints": "constraints.txt", "overrides": "overrides.txt"}
        for key, name in files.items():
            (directory / name).write_text("".join(f"{line}\n" for line in scenario.values(key)))
        if "keeps" in scenario.fields:
            (directory / "out.txt").write_text("".join(f"{pin}\n" for pin in scenario.words("keeps")))
        arguments = [*command, "requirements.in", "-o", "out.txt", "--index-url", address, "--no-header"]
        arguments += ["--no-annotate", *options(scenario, is_repin)]
        arguments += ["--no-config", "--no-emit-index-url"] if is_repin else ["--no-strip-extras"]
        if "constraints" in scenario.fields:
            arguments += ["--constraint", "constraints.txt"]
        if "overrides" in scenario.fields:
            arguments += ["--override", "overrides.txt"]
        done = subprocess.run(arguments, cwd=directory, capture_output=True, text=True, timeout=120)
        said = (done.stderr or done.stdout).strip()
        if done.returncode != 0:
            return "refused", said
        lines = (directory / "out.txt").read_text().split("\n")
        lines = [re.sub(r",\s+", ",", line) for line in lines if line and not line.startswith(("#", "-", " "))]
        pins = sorted(line.split(" ")[0].replace("===", "==") for line in lines)
        return " ".join(pins) or "none", said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("peer")
    parser.add_argument("--repin")
    parser.add_argument("--only", default="", help="scenarios whose place or rule has this")
    parser.add_argument("-v", action="store_true", help="with what the peer says")
    arguments = parser.parse_args()
    scenarios = [one for one in read(arguments.directory) if arguments.only in f"{one.place} {one.rule}"]

    world = World()
    for number, scenario in enumerate(scenarios):
        world.add(number, scenario)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(world))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    kept = ("PIP_", "UV_", "REPIN_", "VIRTUAL_ENV")
    for name in [name for name in os.environ if name.startswith(kept)]:
        del os.environ[name]
    os.environ["NO_PROXY"] = "127.0.0.1"

    with tempfile.TemporaryDirectory() as cache, concurrent.futures.ThreadPoolExecutor(4) as pool:
        peer = [arguments.peer, "pip", "compile", "--quiet", "--cache-dir", f"{cache}/peer"]
        peer += ["--python", sys.executable]
        own = [arguments.repin or "", "compile", "--cache-dir", f"{cache}/repin"]

        def run(numbered):
            number, scenario = numbered
            index = f"{address}/{number}/simple/"
            return (
                ask(peer, scenario, index, is_repin=False),
                ask(own, scenario, index, is_repin=True) if arguments.repin else None,
            )

        answers = list(pool.map(run, enumerate(scenarios)))

    unexplained = same = 0
    for scenario, (peer_answer, own_answer) in zip(scenarios, answers):
        explained = "differs" in scenario.fields
        right = scenario.answer
        differs = peer_answer[0] != right
        if differs != explained or own_answer and own_answer[0] != right:
            unexplained += 1
            print(f"{scenario.place}: {scenario.rule}\n  scenario: {right}")
            if differs or explained:
                print(f"  peer: {peer_answer[0]}" + (" (explained)" if explained and differs else ""))
            if explained and not differs:
                print("  `differs` explains nothing")
            if own_answer and own_answer[0] != right:
                print(f"  repin: {own_answer[0]}")
            if arguments.v:
                print("  " + (peer_answer[1] if differs else own_answer[1] if own_answer else "").replace("\n", "\n  "))
        same += not differs
    print(f"{len(scenarios)} scenarios: the peer agrees in {same}; {unexplained} to look at")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
