"""Indexes, as far as fixes need them: which releases a project has, and which of them could be had."""

import functools
import http.server
import json
import platform
import threading
import urllib.error
import urllib.request

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version

JSON = "application/vnd.pypi.simple.v1+json"


class Index:
    """An index that serves JSON."""

    def __init__(self, url):
        self.url = url

    @functools.cache
    def releases(self, name):
        """The versions that have a file which isn't yanked and is for this Python."""
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}/{name}/", headers={"Accept": JSON, "User-Agent": "repin-compare"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                page = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if error.code in (403, 404, 410):
                return []
            raise
        return sorted({version for file in page["files"] if (version := self._version(file))})

    @staticmethod
    def _version(file):
        filename = file["filename"]
        try:
            if file.get("yanked") or not admits(file.get("requires-python")):
                return None
            if filename.endswith(".whl"):
                return parse_wheel_filename(filename)[1]
            return parse_sdist_filename(filename)[1]
        except (InvalidWheelFilename, InvalidSdistFilename):
            return None

    def can_be_had(self, name, version, pinned):
        return version in self.releases(name) and (pinned.is_prerelease or not version.is_prerelease)

    def fix(self, name, pinned, is_affected):
        """The smallest release above a pinned one that isn't affected; None if there is none."""
        for version in self.releases(name):
            if version > pinned and self.can_be_had(name, version, pinned) and not is_affected(version):
                return version
        return None


def admits(requires_python):
    try:
        return SpecifierSet(requires_python or "").contains(platform.python_version(), prereleases=True)
    except InvalidSpecifier:
        return True


class MadeUpIndex(Index):
    """An index on loopback of the projects and versions that it is given, each a wheel that nobody reads."""

    def __init__(self, versions):
        """`versions`: by normalized name."""
        pages = {}
        for name, of_project in versions.items():
            files = [{"filename": f"{name.replace('-', '_')}-{version}-py3-none-any.whl", "hashes": {"sha256": "0" * 64},
                      "url": f"{version}.whl", "size": 1, "upload-time": "2020-01-01T00:00:00Z"} for version in of_project]
            pages[f"/simple/{name}/"] = json.dumps({
                "meta": {"api-version": "1.1"}, "name": name, "files": files, "versions": [str(v) for v in of_project]}).encode()

        class Answerer(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_GET(self):
                body = pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", JSON)
                self.send_header("Content-Length", str(len(body or b"")))
                self.send_header("Cache-Control", "max-age=600")
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
        self.server.daemon_threads = True
        super().__init__(f"http://127.0.0.1:{self.server.server_address[1]}/simple/")

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
