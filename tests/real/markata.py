"""markata-go from PyPI: a program that makes feeds of every kind, a page of each, and cards of ten a page."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
[markata-go]
title = "Kelurahan Contoh"
url = "http://127.0.0.1:{port}"
description = "Situs resmi"
author = "Humas"
output_dir = "output"

[markata-go.glob]
patterns = ["pages/**/*.md", "posts/**/*.md"]
use_gitignore = false

[markata-go.theme]
name = "default"

[markata-go.post_formats]
html = true

[markata-go.feed_defaults]
items_per_page = 10

[markata-go.feed_defaults.formats]
html = true
sitemap = true

[[markata-go.feeds]]
slug = ""
title = "Berita"
filter = "published == true and date != None"
sort = "date"
reverse = true
"""


def start_markata(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme and the settings that it writes at its start, the list of news as home page."""
    programs = install_python("markata", "markata")
    site = folder / "site"
    (site / "posts").mkdir(parents=True)
    (site / "pages").mkdir()
    port = free_port()
    (site / "markata-go.toml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = {"title": f'"{post.title}"', "date": f"{post.at:%Y-%m-%d}", "published": "true"}
        if post.cut:
            head["modified"] = f"{post.at + timedelta(days=3):%Y-%m-%d}"
        text = front_matter(post.body, **head, slug=post.slug, tags=f"[warga, {post.category}]")
        (site / "posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, title=page.title, slug=page.slug, published="true")
        (site / "pages" / f"{page.slug}.md").write_text(text)

    generator = Generator(
        "markata",
        site / "output",
        write_post,
        write_page,
        lambda: run([str(programs / "markata"), "build", "-q"], folder=site),
        lambda post: f"/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
