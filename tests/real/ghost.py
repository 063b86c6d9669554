"""Ghost from npm on MariaDB: Casper or Source, in Indonesian; a feed of fifteen, cards that a script adds."""

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from machine import KEPT, Processes, SetupError, free_port, install_debian, run, wait_for_port
from truth import STANDING, Known, Served
from wordpress import start_mariadb

_VERSION = "5.130.6"
_OWNER = {"name": "Humas", "email": "humas@example.com", "password": "Rahasia-Kantor-17"}
_OFFICE = {"timezone": "Asia/Makassar", "locale": "id", "title": "Kelurahan Contoh"}
_FIXED = {
    "NODE_ENV": "production",
    "TZ": "UTC",
    "database__client": "mysql",
    "database__connection__user": "wp",
    "database__connection__password": "wp",
    "database__connection__database": "wordpress",
    "mail__transport": "Direct",
    "mail__from": _OWNER["email"],
    "privacy__useUpdateCheck": "false",
    "security__staffDeviceVerification": "false",
    "logging__transports": '["stdout"]',
    "logging__level": "warn",
}


def start_ghost(
    folder: Path, posts: Sequence[Known], processes: Processes, *, theme: str = "source"
) -> Served:
    """Set up by its own API, as its first page does; the post that it brings itself is taken away."""
    install_debian("mariadb-server")
    program = _install()
    content = folder / "content"
    shutil.copytree(program / "content", content)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        **_FIXED,
        "url": url,
        "server__port": str(port),
        "server__host": "127.0.0.1",
        "database__connection__socketPath": str(start_mariadb(folder, processes)),
        "paths__contentPath": str(content),
    }
    command = ["env", "-C", str(program), "node", "index.js"]
    processes.start(command, folder=folder, log="server.log", environment=settings, clocked=True)
    wait_for_port(port, seconds=600)
    desk = _Desk(url)
    desk.open(theme)
    for page in STANDING:
        desk.add("pages", {"title": page.title, "slug": page.slug, "html": f"<p>{page.body}</p>"})
    addresses = {desk.publish(post): post for post in posts}
    return Served(f"ghost, {theme}", url, addresses, desk.publish)


def _install() -> Path:
    """The program as its own installer lays it out: its parts lie beside it, and it compiles nothing."""
    kept = KEPT / "ghost"
    program = kept / "package"
    if not (program / "node_modules").exists():
        kept.mkdir(parents=True, exist_ok=True)
        run(["npm", "pack", f"ghost@{_VERSION}", "--silent"], folder=kept)
        run(["tar", "xzf", f"ghost-{_VERSION}.tgz"], folder=kept)
        package = json.loads((program / "package.json").read_text())
        del package["devDependencies"]  # one of them is no registry's
        (program / "package.json").write_text(json.dumps(package))
        quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--legacy-peer-deps"]
        run(["npm", "install", "--omit=dev", "--ignore-scripts", *quiet], folder=program)
    return program


class _Desk:
    """Its administration, logged in once it is open."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor())

    def open(self, theme: str) -> None:
        self._wait()
        self._ask("POST", "authentication/setup/", {"setup": [{**_OWNER, "blogTitle": _OFFICE["title"]}]})
        login = {"username": _OWNER["email"], "password": _OWNER["password"]}
        self._ask("POST", "session/", login)
        self._ask("PUT", "settings/", {"settings": [{"key": k, "value": v} for k, v in _OFFICE.items()]})
        self._ask("PUT", f"themes/{theme}/activate/", {})
        for post in self._ask("GET", "posts/?filter=slug:coming-soon&fields=id")["posts"]:
            self._ask("DELETE", f"posts/{post['id']}/")

    def _wait(self) -> None:
        """While it lays out its database it answers that it will be back."""
        for _ in range(120):
            with suppress(URLError), self._opener.open(self._url, timeout=60):
                return
            time.sleep(3)
        raise SetupError("Ghost does not come up; see server.log.")

    def publish(self, post: Known) -> str:
        words = {
            "title": post.title,
            "slug": post.slug,
            "html": "".join(f"<p>{part}</p>" for part in post.paragraphs),
            "published_at": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
            "tags": [{"name": post.category}],
            "featured": post.sticky,
        }
        return self.add("posts", words)

    def add(self, kind: str, words: Mapping[str, Any]) -> str:
        made = self._ask("POST", f"{kind}/?source=html", {kind: [{**words, "status": "published"}]})
        return str(made[kind][0]["url"])

    def _ask(self, method: str, place: str, body: Mapping[str, Any] | None = None) -> Any:
        head = {"content-type": "application/json", "origin": self._url, "accept-version": "v5.0"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._url}/ghost/api/admin/{place}", data, head, method=method)
        try:
            with self._opener.open(request, timeout=300) as answer:
                told = answer.read()
        except URLError as error:
            raise SetupError(f"{method} {place}: {error}") from error
        return json.loads(told) if told[:1] == b"{" else None
