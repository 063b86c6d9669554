"""blag from PyPI: fifteen posts on the home page, all on one page behind it, every one in its feed."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
[main]
base_url = http://127.0.0.1:{port}/
title = Kelurahan Contoh
description = Situs resmi
author = Humas
"""


def start_blag(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The theme that it copies at its start; days as `2026-01-02` in `<time>`, standing pages without one."""
    programs = install_python("blag", "blag")
    site = folder / "site"
    (site / "content").mkdir(parents=True)
    printed = run([str(programs / "python"), "-c", "import blag; print(blag.__path__[0])"])
    for name in ("templates", "static"):
        shutil.copytree(Path(printed.strip()) / name, site / name)
    port = free_port()
    (site / "config.ini").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = f"title: {post.title}\ndate: {post.at:%Y-%m-%d %H:%M}\ndescription: {post.paragraphs[0]}\n"
        (site / "content" / f"{post.slug}.md").write_text(f"{head}tags: {post.category}\n\n{post.body}\n")

    def write_page(page: Standing) -> None:
        (site / "content" / f"{page.slug}.md").write_text(f"title: {page.title}\n\n{page.body}\n")

    generator = Generator(
        "blag",
        site / "build",
        write_post,
        write_page,
        lambda: run([str(programs / "blag"), "build"], folder=site, environment={"TZ": "Asia/Makassar"}),
        lambda post: f"/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
