"""Marmite from PyPI, a blog in one program: flat pages, ten whole cards a page, an archive by year."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
name: Kelurahan Contoh
url: http://127.0.0.1:{port}
language: id
menu: [[Profil, profil.html], [Arsip, archive.html], [Tag, tags.html]]
"""


def start_marmite(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own theme and settings, but for the menu: a feed of fifteen, `Jun 26, 2026` on cards.

    It calls every moment one of UTC, whatever its author wrote, so that its author writes those.
    """
    program = str(install_python("marmite", "marmite==0.4.2") / "marmite")
    site = folder / "site"
    content = site / "content"
    content.mkdir(parents=True)
    port = free_port()
    (site / "marmite.yaml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = {
            "title": post.title,
            "date": f"{post.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            "tags": f"warga, {post.category}",
        }
        if post.sticky:
            head["pinned"] = "true"
        (content / f"{post.slug}.md").write_text(front_matter(post.body, slug=post.slug, **head))

    def write_page(page: Standing) -> None:
        (content / f"{page.slug}.md").write_text(front_matter(page.body, title=page.title, slug=page.slug))

    generator = Generator(
        "marmite",
        folder / "output",
        write_post,
        write_page,
        lambda: run([program, str(site), str(folder / "output"), "--force"], folder=site),
        lambda post: f"/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
