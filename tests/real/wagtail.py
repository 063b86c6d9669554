"""Wagtail CRX from PyPI, a CMS on Wagtail: news below a landing page, days alone, and no feed at all."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "wagtail"
_SETTINGS = """
from .base import *

SECRET_KEY = "kantor"
ALLOWED_HOSTS = ["127.0.0.1"]
TIME_ZONE = "Asia/Makassar"
WAGTAIL_CACHE = False
DEBUG = False
"""


def start_wagtail(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The project that its own command makes: no menu on the home page, only the sitemap names the rest."""
    programs = install_python("wagtail", "coderedcms", "waitress", "setuptools<80")
    python = str(programs / "python")
    run(
        [str(programs / "coderedcms"), "start", "kantor", str(folder), "--domain", "127.0.0.1"], folder=folder
    )
    (folder / "kantor" / "settings" / "dev.py").write_text(_SETTINGS)
    (folder / "seed.py").write_text((_OURS / "seed_wagtail.py").read_text())
    run([python, "manage.py", "migrate", "-v", "0"], folder=folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(*news: Known) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "paragraphs": p.paragraphs, "at": p.at.isoformat()}
            for p in news
        ]
        standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"port": port, "posts": rows, "standing": standing})
        run([python, "seed.py"], stdin=stdin, folder=folder)
        return {f"{url}/berita/{post.slug}/": post for post in news}

    addresses = publish(*posts)
    command = [str(programs / "waitress-serve"), f"--listen=127.0.0.1:{port}", "--threads=2"]
    environment = {"DJANGO_SETTINGS_MODULE": "kantor.settings.dev"}
    processes.start(
        [*command, "kantor.wsgi:application"],
        folder=folder,
        log="server.log",
        environment=environment,
        clocked=True,
    )
    wait_for_port(port)
    return Served("wagtail", url, addresses, lambda post: next(iter(publish(post))))
