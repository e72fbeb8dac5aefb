"""Serves captured and generated pages with nginx, as indexes do.

A profile says how an index behaves:

    production   JSON, gzip, ETag, `max-age=600`, files that never change, `core-metadata` with its hash
    stale        the same, and pages that are stale at once: each is asked for again, and answers 304
    bare         no ETag, no Last-Modified, no Cache-Control, no `core-metadata` (the metadata files are there)
    distant      production, 20 ms away
"""

import asyncio
import gzip
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

from capture import JSON, keep, served_page

HEADERS = {
    "production": 'add_header Cache-Control "max-age=600, public"; etag on;',
    "stale": 'add_header Cache-Control "max-age=0, must-revalidate, public"; etag on;',
    "bare": "etag off; if_modified_since off; add_header Last-Modified \"\";",
}
FILE_HEADERS = {
    "production": 'add_header Cache-Control "max-age=365000000, immutable, public"; etag on;',
    "stale": 'add_header Cache-Control "max-age=365000000, immutable, public"; etag on;',
    "bare": "etag off; if_modified_since off; add_header Last-Modified \"\";",
}
LATENCY = 0.020


class Site:
    """The folders that nginx serves, one for each profile, and the running nginx."""

    def __init__(self, folder, pages, files):
        """`pages`: each project's page. `files`: a folder of files by their hash."""
        self.folder, self.pages, self.files = pathlib.Path(folder), pages, files
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.ports = {name: free_port() for name in (*HEADERS, "distant")}
        self.latency = None
        self.process = None

    def url(self, profile):
        return f"http://127.0.0.1:{self.ports[profile]}/simple/"

    def write(self):
        for profile, port in self.ports.items():
            base = f"http://127.0.0.1:{port}"
            for name, page in self.pages.items():
                told = self._nothing if profile == "bare" else self._hash
                body = json.dumps(served_page(page, base, told), separators=(",", ":")).encode()
                path = self.folder / profile / "simple" / name / "index.json"
                keep(path, body)
                keep(path.with_name("index.json.gz"), gzip.compress(body, 6, mtime=0))

    def _hash(self, digest, wheel):
        path = self.files / digest / f"{wheel}.metadata"
        # Wheels that no tool looked into have metadata too, of which nothing is known here.
        return {"sha256": hashlib.sha256(path.read_bytes() if path.exists() else wheel.encode()).hexdigest()}

    @staticmethod
    def _nothing(*_):
        return None

    def __enter__(self):
        servers = "".join(self._server(name) for name in HEADERS)
        (self.folder / "nginx.conf").write_text(
            f"""
            daemon off; worker_processes 1; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log warn;
            events {{ worker_connections 4096; }}
            http {{
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on;
              client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;
              fastcgi_temp_path {self.folder}/fastcgi; uwsgi_temp_path {self.folder}/uwsgi;
              scgi_temp_path {self.folder}/scgi;
              {servers}
            }}
            """
        )
        self.process = subprocess.Popen(
            ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")])
        self.latency = Latency(self.ports["distant"], self.ports["production-of-distant"])
        for port in self.ports.values():
            wait_for(port)
        return self

    def __exit__(self, *_):
        self.latency.stop()
        self.process.terminate()
        self.process.wait()

    def _server(self, profile):
        # What is served from afar is production's, with its own addresses in the pages.
        servers = [(self.ports[profile], profile)]
        if profile == "production":
            self.ports["production-of-distant"] = free_port()
            servers.append((self.ports["production-of-distant"], "distant"))
        return "".join(
            f"""
            server {{
              listen 127.0.0.1:{port} backlog=4096;
              location /simple/ {{
                root {self.folder}/{root}; index index.json; types {{ }} default_type {JSON};
                {HEADERS[profile]} add_header Vary "Accept, Accept-Encoding";
              }}
              location ~ "^/files/(..)/(..)/([0-9a-f]{{60}})/(.+)$" {{
                alias {self.files}/$1$2$3/$4; types {{ }} default_type application/octet-stream; gzip_static off;
                {FILE_HEADERS[profile]}
              }}
            }}
            """
            for port, root in servers
        )


class Latency:
    """A process that passes bytes on, each after half the latency, both ways, and lets a connection wait for its round
    trip: a server 20 ms away, where the kernel has no `netem`.
    """

    def __init__(self, port, to):
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), str(port), str(to), str(LATENCY / 2)])

    def stop(self):
        self.process.terminate()
        self.process.wait()


async def delay(port, to, seconds):
    loop = asyncio.get_running_loop()

    class Side(asyncio.Protocol):
        other = None

        def connection_made(self, transport):
            self.transport = transport
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def pass_on(self, data):
            if self.transport.is_closing():
                return
            if data is None:
                self.transport.close()
            else:
                self.transport.write(data)

        def data_received(self, data):
            loop.call_later(seconds, self.other.pass_on, data)

        def connection_lost(self, _):
            if self.other:
                loop.call_later(seconds, self.other.pass_on, None)

    class Client(Side):
        def connection_made(self, transport):
            super().connection_made(transport)
            transport.pause_reading()
            self.connecting = loop.create_task(self._connect())

        async def _connect(self):
            # The handshake goes there and back.
            await asyncio.sleep(2 * seconds)
            _, server = await loop.create_connection(Side, "127.0.0.1", to)
            self.other, server.other = server, self
            self.transport.resume_reading()

    server = await loop.create_server(Client, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"bench: nothing answers on port {port}")


if __name__ == "__main__":
    asyncio.run(delay(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
