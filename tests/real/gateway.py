"""Serve one CGI program for every address: `gateway.py PORT PROGRAM`."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


class Gateway(BaseHTTPRequestHandler):
    """Hands a request to the program, as a web server would that has it as its only site."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        port = sys.argv[1]
        meta = {
            "GATEWAY_INTERFACE": "CGI/1.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": port,
            "HTTP_HOST": f"127.0.0.1:{port}",
            "REQUEST_METHOD": "GET",
            "REQUEST_URI": self.path,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": query,
        }
        done = subprocess.run(sys.argv[2:], env=os.environ | meta, capture_output=True, check=False)
        head, _, body = done.stdout.replace(b"\r\n", b"\n").partition(b"\n\n")
        fields = [line.partition(":") for line in head.decode("latin-1").splitlines()]
        status = next((value.split()[0] for name, _, value in fields if name.lower() == "status"), "200")
        self.send_response(int(status))
        for name, _, value in fields:
            if name.lower() != "status":
                self.send_header(name, value.strip())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Gateway).serve_forever()
