"""Hexo from npm with its Landscape theme or one that many use, built on a machine in UTC.

Its addresses carry the UTC day, and Landscape advertises a feed that is not there. NexT and Icarus put
the day of editing beside that of publication; Icarus needs a renderer of its own. Async writes 26/06/14, and
06/14 in its archive; Keep's cards show the day of editing alone; Butterfly has the newest posts beside every
page of its list; Redefine says in hints behind its days which is which. A4's home page
lists nothing.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path

from machine import Processes, SetupError, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_PACKAGES = (
    "hexo",
    "hexo-generator-archive",
    "hexo-generator-category",
    "hexo-generator-index",
    "hexo-generator-tag",
    "hexo-renderer-ejs",
    "hexo-renderer-marked",
    "hexo-renderer-stylus",
    "hexo-renderer-inferno",
    "hexo-renderer-less",
    "hexo-renderer-pug",
    "hexo-theme-landscape",
    "hexo-theme-next",
    "hexo-theme-icarus",
    "hexo-theme-fluid",
    "hexo-theme-async",
    "hexo-theme-butterfly",
    "hexo-theme-keep",
    "hexo-theme-kratos-rebirth",
    "hexo-theme-redefine",
    "hexo-theme-volantis",
    "hexo-theme-nexmoe",
    "hexo-theme-a4",
    "hexo-theme-stellar",
    "hexo-theme-reimu",
    "hexo-theme-solitude",
    "hexo-theme-yun",
)
_SETTINGS = """
title: Kelurahan Contoh
language: en
timezone: Asia/Makassar
url: http://127.0.0.1:{port}
permalink: :year/:month/:day/:title/
per_page: 10
index_generator:
  per_page: 10
  order_by: -date
theme: {theme}
"""


def start_hexo(
    folder: Path, posts: Sequence[Known], processes: Processes, *, theme: str = "landscape"
) -> Served:
    """Hexo's starter site; standing pages carry a date too, as `hexo new page` writes one."""
    installed = install_node("hexo", *_PACKAGES)
    site = folder / "site"
    (site / "source" / "_posts").mkdir(parents=True)
    packages = json.loads((installed / "package.json").read_text())
    (site / "package.json").write_text(json.dumps({**packages, "hexo": {"version": ""}}))
    (site / "node_modules").symlink_to(installed / "node_modules")
    port = free_port()
    (site / "_config.yml").write_text(_SETTINGS.format(port=port, theme=theme))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": f"{post.at:%Y-%m-%d %H:%M:%S}", "tags": "warga"}
        if post.sticky:
            head["sticky"] = "1"
        if post.cut:
            head["updated"] = f"{post.at + timedelta(days=3):%Y-%m-%d %H:%M:%S}"
        place = site / "source" / "_posts" / f"{post.slug}.md"
        place.write_text(front_matter(post.marked("<!-- more -->"), **head, categories=post.category))

    def write_page(page: Standing) -> None:
        (site / "source" / page.slug).mkdir()
        text = front_matter(page.body, title=page.title, date="2026-02-03 08:00:00")
        (site / "source" / page.slug / "index.md").write_text(text)

    if theme == "a4":
        _lay_out_a4(site)
    if theme == "nexmoe":
        # The first time it only writes its own settings, and says so by failing.
        with suppress(SetupError):
            _generate(site)

    generator = Generator(
        f"hexo, {theme}",
        site / "public",
        write_post,
        write_page,
        lambda: _generate(site),
        lambda post: f"/{post.at.astimezone(UTC):%Y/%m/%d}/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)


def _lay_out_a4(site: Path) -> None:
    """Make the pages that its documentation asks for: a welcome, and the list, called in Chinese."""
    for name, text in (("index", "Selamat datang."), ("list", "")):
        (site / "source" / name).mkdir()
        (site / "source" / name / "index.md").write_text(front_matter(text, title=name, layout=name))
    (site / "_config.a4.yml").write_text("menu:\n  首页: /\n  文章: /list/\nshowInMenu: [文章]\n")


def _generate(site: Path) -> None:
    """Volantis looks for the program on the path."""
    programs = site / "node_modules" / ".bin"
    environment = {"TZ": "UTC", "PATH": f"{programs}:{os.environ['PATH']}"}
    run([str(programs / "hexo"), "generate", "--silent"], folder=site, environment=environment)
