"""Wintersmith from npm: its blog template, with a feed of everything that nothing but the head names."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing


def start_wintersmith(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The site that `wintersmith new` makes, without its own articles; three posts a page."""
    installed = install_node("wintersmith", "wintersmith")
    program = str(installed / "node_modules/.bin/wintersmith")
    site = folder / "site"
    run([program, "new", str(site), "-T", "blog", "-f"], folder=installed)
    articles = site / "contents" / "articles"
    shutil.rmtree(articles)
    articles.mkdir()
    port = free_port()
    settings = site / "config.json"
    settings.write_text(settings.read_text().replace("http://localhost:8080", f"http://127.0.0.1:{port}"))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "author": "the-wintersmith", "date": post.at.isoformat()}
        (articles / post.slug).mkdir(exist_ok=True)
        text = front_matter(post.marked('<span class="more"></span>'), **head, template="article.pug")
        (articles / post.slug / "index.md").write_text(text)

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, title=page.title, template="none")
        (site / "contents" / f"{page.slug}.md").write_text(text)

    def build() -> None:
        run([program, "build", "-C", str(site)], folder=site, environment={"TZ": "Asia/Makassar"})

    generator = Generator(
        "wintersmith", site / "build", write_post, write_page, build, lambda post: f"/articles/{post.slug}/"
    )
    return serve_generated(generator, port, posts, processes)
