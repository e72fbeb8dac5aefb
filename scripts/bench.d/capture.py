"""Captures from an index what compiling the benchmark's inputs asks for: pages, metadata, and the ends of wheels.

A server on loopback passes questions on and keeps the answers; every tool compiles every input through it once, from an
empty cache. What is kept under a folder:

    pages/NAME.json                 the page as the index gave it
    files/SHA256/FILENAME.metadata  a wheel's metadata
    files/SHA256/FILENAME           a source distribution; of a wheel a sparse file as long as the wheel is, with those
                                    parts in it that reading its metadata by ranges needs
"""

import http.server
import io
import json
import os
import pathlib
import threading
import urllib.error
import urllib.parse
import urllib.request
import zipfile

JSON = "application/vnd.pypi.simple.v1+json"


class Upstream:
    """The index that is captured."""

    def __init__(self, index_url):
        self.index_url = index_url.rstrip("/")

    def get(self, url, headers=None):
        """The body and the headers of an answer; None where there is none."""
        request = urllib.request.Request(url, headers={"User-Agent": "repin-bench", **(headers or {})})
        for attempt in range(4):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return answer.read(), answer.headers
            except urllib.error.HTTPError as error:
                if error.code in (403, 404, 410):
                    return None
                if attempt == 3:
                    raise
            except OSError:
                if attempt == 3:
                    raise
        return None


class RangedFile(io.RawIOBase):
    """A file of a server, read by ranges, which remembers what was read."""

    def __init__(self, upstream, url):
        self.upstream, self.url, self.position = upstream, url, 0
        self.parts = []
        tail, headers = upstream.get(url, {"Range": "bytes=-65536"})
        self.size = int(headers["Content-Range"].split("/")[1]) if "Content-Range" in headers else len(tail)
        self.parts.append((self.size - len(tail), tail))

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=0):
        self.position = offset + (0, self.position, self.size)[whence]
        return self.position

    def tell(self):
        return self.position

    def readinto(self, buffer):
        end = min(self.position + len(buffer), self.size)
        if end <= self.position:
            return 0
        body = self._bytes(self.position, end)
        buffer[: len(body)] = body
        self.position += len(body)
        return len(body)

    def _bytes(self, start, end):
        for offset, part in self.parts:
            if offset <= start and end <= offset + len(part):
                return part[start - offset : end - offset]
        body, _ = self.upstream.get(self.url, {"Range": f"bytes={start}-{end - 1}"})
        self.parts.append((start, body))
        return body


class Capture:
    def __init__(self, folder, index_url):
        self.folder = pathlib.Path(folder)
        self.upstream = Upstream(index_url)
        self.lock = threading.Lock()
        self.urls = {}
        for page in (self.folder / "pages").glob("*.json"):
            self._learn(page.stem, json.loads(page.read_bytes()))

    def _learn(self, name, page):
        base = f"{self.upstream.index_url}/{name}/"
        for file in page["files"]:
            digest = file.get("hashes", {}).get("sha256")
            if digest:
                self.urls[digest, file["filename"]] = urllib.parse.urljoin(base, file["url"])

    def page(self, name):
        """A project's page as the index has it; None if it has none."""
        path = self.folder / "pages" / f"{name}.json"
        if path.exists():
            return json.loads(path.read_bytes())
        answer = self.upstream.get(f"{self.upstream.index_url}/{name}/", {"Accept": JSON})
        if answer is None:
            return None
        page = json.loads(answer[0])
        keep(path, json.dumps(page, separators=(",", ":")).encode())
        self._learn(name, page)
        return page

    def file(self, digest, filename):
        """A whole file, or a wheel's metadata."""
        path = self.folder / "files" / digest / filename
        if path.exists():
            return path.read_bytes()
        if filename.endswith(".metadata"):
            return self._metadata(digest, filename.removesuffix(".metadata"))
        url = self.urls.get((digest, filename))
        answer = url and self.upstream.get(url)
        if not answer:
            return None
        keep(path, answer[0])
        return answer[0]

    def _metadata(self, digest, wheel):
        url = self.urls.get((digest, wheel))
        if url is None or not wheel.endswith(".whl"):
            return None
        folder = self.folder / "files" / digest
        ranged = RangedFile(self.upstream, url)
        with zipfile.ZipFile(io.BufferedReader(ranged, 8192)) as archive:
            names = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1]
            body = archive.read(names[0])
        with self.lock:
            folder.mkdir(parents=True, exist_ok=True)
            with open(folder / f"{wheel}.part", "wb") as sparse:
                sparse.truncate(ranged.size)
                for offset, part in ranged.parts:
                    sparse.seek(offset)
                    sparse.write(part)
            os.replace(folder / f"{wheel}.part", folder / wheel)
        keep(folder / f"{wheel}.metadata", body)
        return body


def keep(path, body):
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{threading.get_ident()}.part")
    part.write_bytes(body)
    os.replace(part, path)


def served_page(page, base, metadata):
    """A page with its files' addresses on a server of ours.

    `metadata` tells of a wheel what the page says of its metadata: a value of `core-metadata`, or None.
    """
    files = []
    for file in page["files"]:
        digest = file.get("hashes", {}).get("sha256")
        if not digest:
            continue
        file = {key: value for key, value in file.items() if key not in ("core-metadata", "data-dist-info-metadata")}
        # As long, and cut where indexes cut theirs.
        file["url"] = f"{base}/files/{digest[:2]}/{digest[2:4]}/{digest[4:]}/{file['filename']}"
        if file["filename"].endswith(".whl"):
            value = metadata(digest, file["filename"])
            if value is not None:
                file["core-metadata"] = value
        files.append(file)
    return {**page, "files": files}


class CapturingServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, capture):
        super().__init__(("127.0.0.1", 0), Answerer)
        self.capture = capture

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answerer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = self.path.strip("/").split("/")
        body, kind = None, "application/octet-stream"
        try:
            if parts[0] == "simple" and len(parts) == 2:
                page = self.server.capture.page(parts[1])
                if page is not None:
                    body, kind = json.dumps(served_page(page, self.server.url, lambda *_: True)).encode(), JSON
            elif parts[0] == "files" and len(parts) == 5:
                body = self.server.capture.file("".join(parts[1:4]), urllib.parse.unquote(parts[4]))
        except Exception as error:  # The tool is told, and the run ends there.
            self.send_error(502, str(error)[:200])
            return
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
