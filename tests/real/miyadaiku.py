"""Miyadaiku from PyPI with its theme for blogs: cards without days, thirty a page, feeds of ten."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

# What it was last released with.
_PACKAGES = ("miyadaiku==1.25.0", "miyadaiku-theme-newblog==1.13.0", "feedgenerator<2.2", "setuptools<80")
_SETTINGS = """
site_url: http://127.0.0.1:{port}/
site_title: Kelurahan Contoh
lang: id
charset: utf-8
timezone: Asia/Makassar
themes: [miyadaiku_theme_newblog]
"""


def start_miyadaiku(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The theme's own settings; a card is one link around an empty one, its title an element of its own."""
    program = str(install_python("miyadaiku", *_PACKAGES) / "miyadaiku-build")
    site = folder / "site"
    contents = site / "contents"
    contents.mkdir(parents=True)
    (site / "templates").mkdir()
    (site / "files").mkdir()
    port = free_port()
    (site / "config.yml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = {
            "title": post.title,
            "date": f'"{post.at:%Y-%m-%d %H:%M}"',
            "tags": f"[warga, {post.category}]",
        }
        (contents / f"{post.slug}.md").write_text(front_matter(post.body, **head))

    def write_page(page: Standing) -> None:
        place = contents / ("about.md" if page.slug == "profil" else f"{page.slug}.md")
        place.write_text(front_matter(page.body, title=page.title))

    generator = Generator(
        "miyadaiku",
        site / "outputs",
        write_post,
        write_page,
        lambda: run([program, str(site)], folder=site),
        lambda post: f"/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
