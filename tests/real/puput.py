"""Puput, a blog on the Wagtail CMS, from PyPI: a feed of twenty, days in the address, lists by pages."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "puput"


def start_puput(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A Django project of one settings file; the blog is the site's home page."""
    programs = install_python("puput", "wagtail<7", "puput", "waitress", "setuptools<80")
    python = str(programs / "python")
    for name in ("kantor_settings.py", "kantor_urls.py", "seed_puput.py"):
        (folder / name).write_text((_OURS / name).read_text())
    settings = {"DJANGO_SETTINGS_MODULE": "kantor_settings", "PYTHONPATH": str(folder)}
    run([str(programs / "django-admin"), "migrate", "-v", "0"], folder=folder, environment=settings)
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(*news: Known) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "body": p.body, "category": p.category, "at": p.at.isoformat()}
            for p in news
        ]
        standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"port": port, "posts": rows, "standing": standing})
        paths = json.loads(
            run([python, "seed_puput.py"], stdin=stdin, folder=folder, environment=settings)
            .strip()
            .splitlines()[-1]
        )
        return {url + paths[post.slug]: post for post in news}

    addresses = publish(*posts)
    command = [str(programs / "waitress-serve"), f"--listen=127.0.0.1:{port}", "--threads=2"]
    processes.start(
        [*command, "--call", "django.core.wsgi:get_wsgi_application"],
        folder=folder,
        log="server.log",
        environment=settings,
        clocked=True,
    )
    wait_for_port(port)
    return Served("puput", url, addresses, lambda post: next(iter(publish(post))))
