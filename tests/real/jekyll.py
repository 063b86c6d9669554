"""Jekyll from Debian with its Minima theme, feed and pages of ten."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
title: Kelurahan Contoh
url: http://127.0.0.1:{port}
theme: minima
timezone: Asia/Makassar
show_excerpts: {excerpts}
plugins: [jekyll-feed, jekyll-seo-tag]
"""


def start_jekyll(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The theme as it comes: one list of everything on the home page, days as `Jan 2, 2026`."""
    install_debian("jekyll", "jekyll-theme-minima", "ruby-jekyll-feed", "ruby-jekyll-seo-tag")
    site = folder / "site"
    (site / "_posts").mkdir(parents=True)
    port = free_port()
    (site / "_config.yml").write_text(_SETTINGS.format(port=port, excerpts=str(posts[0].cut).lower()))
    (site / "index.md").write_text("---\nlayout: home\n---\n")

    def write_post(post: Known) -> None:
        head = {"layout": "post", "title": post.title, "date": f"{post.at:%Y-%m-%d %H:%M:%S %z}"}
        text = front_matter(post.body, **head, categories=post.category.lower())
        (site / "_posts" / f"{post.at:%Y-%m-%d}-{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        head = {"layout": "page", "title": page.title, "permalink": f"/{page.slug}/"}
        (site / f"{page.slug}.md").write_text(front_matter(page.body, **head))

    generator = Generator(
        "jekyll",
        site / "_site",
        write_post,
        write_page,
        lambda: run(["jekyll", "build", "-q"], folder=site, environment={"LANG": "C.UTF-8"}),
        lambda post: f"/{post.category.lower()}/{post.at:%Y/%m/%d}/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
