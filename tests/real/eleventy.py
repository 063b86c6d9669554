"""Eleventy from npm with templates as its users write them: a paged list with days in `<time>`, no feed."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

# Later versions ask for packages that not every registry has yet.
_PACKAGE = "@11ty/eleventy@2"
_LAYOUTS = ("base.njk", "post.njk")
_OURS = Path(__file__).parent / "eleventy"


def start_eleventy(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The home page shows three posts without their days, `/blog/` ten a page with `<time>`."""
    installed = install_node("eleventy", _PACKAGE)
    site = folder / "site"
    (site / "posts").mkdir(parents=True)
    (site / "_includes").mkdir()
    (site / "node_modules").symlink_to(installed / "node_modules")
    port = free_port()
    for source in _OURS.iterdir():
        text = source.read_text()
        place = site / "_includes" if source.name in _LAYOUTS else site
        (place / source.name).write_text(text)

    def write_post(post: Known) -> None:
        head = {"layout": "post.njk", "title": post.title, "date": post.at.isoformat(), "tags": "posts"}
        if post.cut:
            head["lead"] = json.dumps(post.paragraphs[0])
        text = front_matter(post.body, **head, permalink=f"/blog/{post.slug}/")
        (site / "posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        head = {"layout": "base.njk", "title": page.title, "permalink": f"/{page.slug}/"}
        (site / f"{page.slug}.md").write_text(front_matter(page.body, **head))

    generator = Generator(
        "eleventy",
        site / "_site",
        write_post,
        write_page,
        lambda: run(["node_modules/.bin/eleventy", "--quiet"], folder=site, environment={"TZ": "UTC"}),
        lambda post: f"/blog/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
