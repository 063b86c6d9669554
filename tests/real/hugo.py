"""Hugo from Debian with a small theme of ours: English months, ten a page, feeds of every section."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, front_matter, serve_generated, titled_pages
from truth import NIGHTS, Known, Served

_LAYOUTS = Path(__file__).parent / "hugo"
_SETTINGS = """
baseURL = "http://127.0.0.1:{port}/"
title = "Kelurahan Contoh"
languageCode = "id"
timeZone = "Asia/Makassar"
paginate = 10
rssLimit = 5
"""


def start_hugo(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Build the site; its own feed is cut to five entries, its lists go on."""
    install_debian("hugo")
    site = folder / "site"
    (site / "content" / "berita").mkdir(parents=True)
    shutil.copytree(_LAYOUTS, site / "layouts")
    port = free_port()
    (site / "config.toml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": post.at.isoformat(), "tags": f"[{post.category}]"}
        if post.sticky:
            head["pinned"] = "true"
        (site / "content" / "berita" / f"{post.slug}.md").write_text(
            front_matter(post.marked("<!--more-->"), **head)
        )

    generator = Generator(
        "hugo",
        site / "public",
        write_post,
        titled_pages(site / "content"),
        lambda: run(["hugo", "--quiet", "--clock", NIGHTS[-1].isoformat()], folder=site),
        lambda post: f"/berita/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
