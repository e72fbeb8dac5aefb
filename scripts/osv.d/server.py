"""Serves a zip of OSV records as OSV's API and files do; see scripts/osv-stub."""

import argparse
import base64
import collections
import email.utils
import hashlib
import http.server
import json
import os
import pathlib
import sys
import threading
import time

from records import Records, parsed

# Of one batch, as of the API.
MOST_QUERIES = 1000


class Refusal(Exception):
    """An answer that isn't one: a status and what is wrong."""


class Stub:
    """What is answered."""

    def __init__(self, path, page_size):
        self.records, self.page_size = Records(path), page_size
        self.archive = pathlib.Path(path).read_bytes()
        self.changed = email.utils.formatdate(os.stat(path).st_mtime, usegmt=True)
        rows = sorted(((record.modified, record.id) for record in self.records.by_id.values()), reverse=True)
        self.list = "".join(f"{modified},{id}\n" for modified, id in rows).encode()

    def page(self, query):
        """The records of one page, and the token of the next."""
        try:
            package = query["package"]
            name, ecosystem, text = package["name"], package["ecosystem"], query["version"]
        except (KeyError, TypeError):
            raise Refusal(400, "a query needs a package with name and ecosystem, and a version") from None
        version = parsed(text)
        if version is None:
            raise Refusal(400, "the version is none of PEP 440")
        matching = self.records.matching(name, version) if ecosystem == "PyPI" else []
        start = self._start(query.get("page_token"), name, text)
        end = start + self.page_size
        return matching[start:end], self._token(end, name, text) if end < len(matching) else None

    @staticmethod
    def _token(start, name, version):
        return base64.urlsafe_b64encode(f"{start} {name} {version}".encode()).decode()

    @staticmethod
    def _start(token, name, version):
        """Where the page of a token begins; a token is good for its own query only."""
        if not token:
            return 0
        try:
            start, of_name, of_version = base64.urlsafe_b64decode(token).decode().split(" ")
            start = int(start)
        except ValueError:
            raise Refusal(400, "no such page token") from None
        if (of_name, of_version) != (name, version):
            raise Refusal(400, "the page token is another query's")
        return start

    def query(self, body):
        return self._answer(self.page(body), lambda record: record.data)

    def batch(self, body):
        queries = body.get("queries") if isinstance(body, dict) else None
        if not isinstance(queries, list):
            raise Refusal(400, "a batch needs queries")
        if len(queries) > MOST_QUERIES:
            raise Refusal(400, f"more than {MOST_QUERIES} queries")
        return {"results": [self._answer(self.page(query), lambda record: {"id": record.id, "modified": record.modified})
                            for query in queries]}

    @staticmethod
    def _answer(page, shown):
        records, token = page
        return ({"vulns": [shown(record) for record in records]} if records else {}) | (
            {"next_page_token": token} if token else {})

    def record(self, id):
        if id not in self.records.by_id:
            raise Refusal(404, "no such advisory")
        return self.records.by_id[id].body


class Answerer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet an answer, at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._respond({"/v1/query": self.server.stub.query, "/v1/querybatch": self.server.stub.batch}, body)

    def do_GET(self):
        self._respond({}, b"")

    def _respond(self, posted, body):
        if self.path != "/requests":
            kind = self.path
            for start in ("/v1/vulns/", "/PyPI/"):
                if kind.startswith(start) and kind not in ("/PyPI/all.zip", "/PyPI/modified_id.csv"):
                    kind = f"{start}ID"
            with self.server.lock:
                self.server.counts[f"{self.command} {kind}"] += 1
            time.sleep(self.server.latency)
        headers, status = {"Content-Type": "application/json"}, 200
        try:
            if self.command == "POST":
                if self.path not in posted:
                    raise Refusal(404, "nothing is here")
                try:
                    asked = json.loads(body)
                except ValueError:
                    raise Refusal(400, "the body is no JSON") from None
                answer = json.dumps(posted[self.path](asked)).encode()
            else:
                answer = self._file(headers)
                if headers.get("ETag") and headers["ETag"] in self.headers.get("If-None-Match", ""):
                    status, answer = 304, b""
        except Refusal as refusal:
            status, message = refusal.args
            answer = json.dumps({"code": status, "message": message}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _file(self, headers):
        """The body at a path; what else there is to say of it goes to the headers."""
        stub = self.server.stub
        if self.path == "/requests":
            with self.server.lock:
                return json.dumps(self.server.counts).encode()
        files = {"/PyPI/all.zip": (stub.archive, "application/zip"), "/PyPI/modified_id.csv": (stub.list, "text/csv")}
        if self.path in files:
            answer, headers["Content-Type"] = files[self.path]
            headers |= {"ETag": f'"{hashlib.md5(answer).hexdigest()}"', "Last-Modified": stub.changed}
            return answer
        if self.path.startswith("/v1/vulns/"):
            return stub.record(self.path.removeprefix("/v1/vulns/"))
        if self.path.startswith("/PyPI/") and self.path.endswith(".json"):
            return stub.record(self.path.removeprefix("/PyPI/").removesuffix(".json"))
        raise Refusal(404, "nothing is here")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, stub, port=0, latency=0.0):
        """`latency`: in seconds."""
        super().__init__(("127.0.0.1", port), Answerer)
        self.stub, self.latency = stub, latency
        self.counts, self.lock = collections.Counter(), threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def main():
    parser = argparse.ArgumentParser(prog="scripts/osv-stub")
    parser.add_argument("zip", metavar="ZIP", help="OSV records, each as ID.json")
    parser.add_argument("--page-size", type=int, default=1000, help="advisories in an answer to a query, at most")
    parser.add_argument("--latency", type=float, default=0, metavar="MS", help="milliseconds before each answer")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    if asked.page_size < 1 or asked.latency < 0:
        parser.error("a page holds one advisory at least, and no answer comes before its question")
    with Server(Stub(asked.zip, asked.page_size), asked.port, asked.latency / 1000) as server:
        for entry in server.stub.records.unreadable:
            print(f"osv-stub: {entry} can't be read", file=sys.stderr)
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
