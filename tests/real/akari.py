"""akari from PyPI: a line a post, its day beside its link, on one page behind the home page."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated, titled_pages
from truth import Known, Served


def start_akari(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The blog that it makes at its start, with its templates."""
    programs = install_python("akari", "akari-site==0.1.3")
    run([str(programs / "akari"), "init", "site"], folder=folder)
    site = folder / "site"
    shutil.rmtree(site / "content" / "posts")
    (site / "content" / "posts").mkdir()

    def write_post(post: Known) -> None:
        text = front_matter(post.body, title=f'"{post.title}"', date=f"{post.at:%Y-%m-%d}")
        (site / "content" / "posts" / f"{post.at:%Y-%m-%d}-{post.slug}.md").write_text(text)

    generator = Generator(
        "akari",
        site / "dist",
        write_post,
        titled_pages(site / "content"),
        lambda: run([str(programs / "akari"), "build"], folder=site),
        lambda post: f"/posts/{post.slug}.html",
    )
    return serve_generated(generator, free_port(), posts, processes)
