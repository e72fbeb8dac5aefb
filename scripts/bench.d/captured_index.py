"""Serves Fixtures/captured/SET.txt as an index, on loopback: pages as large as an index's, and the metadata that was captured.

    captured_index.py SET     prints the index's address, and serves until standard input ends
"""

import hashlib
import http.server
import json
import pathlib
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Releases below those that were captured, which nobody looks at: a page has as many.
OLD_RELEASES = 150
JSON = "application/vnd.pypi.simple.v1+json"


class Project:
    def __init__(self, name):
        self.name, self.files, self.metadata = name, [], {}

    def add(self, version, kind, requires_python, requirements):
        stem = f"{self.name.replace('-', '_')}-{version}"
        tag = {"w": "py3-none-any", "f": "py3-none-any", "F": "cp39-cp39-win_amd64"}.get(kind)
        names = ([f"{stem}-{tag}.whl"] if tag else []) + ([f"{stem}.tar.gz"] if kind in "wsx" else [])
        for name in names:
            digest = hashlib.sha256(name.encode()).hexdigest()
            file = {
                "filename": name, "url": f"../../files/{digest}/{name}", "hashes": {"sha256": digest},
                "requires-python": None if requires_python == "-" else requires_python,
                "size": 40_000, "upload-time": "2026-01-15T12:00:00.000000Z", "yanked": False,
            }
            if name.endswith(".whl"):
                lines = ["Metadata-Version: 2.1", f"Name: {self.name}", f"Version: {version}"]
                if requires_python != "-":
                    lines.append(f"Requires-Python: {requires_python}")
                lines += [f"Requires-Dist: {text}" for text in requirements.split(" | ") if text]
                body = ("\n".join(lines) + "\n").encode()
                self.metadata[f"/files/{digest}/{name}.metadata"] = body
                file["core-metadata"] = {"sha256": hashlib.sha256(body).hexdigest()}
            self.files.append(file)

    @property
    def page(self):
        return json.dumps({"meta": {"api-version": "1.1"}, "name": self.name, "files": self.files}).encode()


def read(set_name):
    projects = []
    for line in (ROOT / f"Fixtures/captured/{set_name}.txt").read_text().split("\n"):
        fields = line.split("\t")
        if len(fields) == 4:
            projects[-1].add(*fields)
        elif line and not line.startswith("> "):
            projects.append(Project(line))
            for number in range(OLD_RELEASES):
                projects[-1].add(f"0.0.0.{number}", "w", "-", "")
    return projects


class Answerer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.server.answers.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", JSON if self.path.startswith("/simple/") else "application/octet-stream")
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
    server.daemon_threads = True
    server.answers = {}
    for project in read(sys.argv[1]):
        server.answers[f"/simple/{project.name}/"] = project.page
        server.answers.update(project.metadata)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}/simple/", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
