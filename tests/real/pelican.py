"""Pelican from PyPI: a static site of Markdown files with an Atom feed, served by Python's own server."""

import sys
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import Known, Served

_SETTINGS = """
SITENAME = "Kelurahan Contoh"
SITEURL = "http://127.0.0.1:{port}"
TIMEZONE = "Asia/Makassar"
DEFAULT_LANG = "id"
THEME = "{theme}"
PATH = "content"
OUTPUT_PATH = "output"
FEED_ALL_ATOM = "feeds/all.atom.xml"
DEFAULT_PAGINATION = 10
"""


def start_pelican(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Build the site with its default theme and serve it."""
    programs = install_python(folder / "venv", "pelican[markdown]")
    content = folder / "content"
    (content / "pages").mkdir(parents=True, exist_ok=True)
    (content / "pages" / "profil.md").write_text("Title: Profil\n\nVisi dan misi, berdiri 1 Mei 1999.\n")
    for post in posts:
        text = f"Title: {post.title}\nDate: {post.at:%Y-%m-%d %H:%M}\nSlug: {post.slug}\n\n{post.body}\n"
        (content / f"{post.slug}.md").write_text(text)
    port = free_port()
    (folder / "pelicanconf.py").write_text(_SETTINGS.format(port=port, theme="notmyidea"))
    run([str(programs / "pelican"), "content", "-s", "pelicanconf.py"], folder=folder)
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", "output"]
    processes.start(command, folder=folder, log="server.log")
    wait_for_port(port)
    url = f"http://127.0.0.1:{port}"
    return Served("pelican", url, {f"{url}/{post.slug}.html": post for post in posts})
