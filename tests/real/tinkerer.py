"""Tinkerer from PyPI, a blog on Sphinx: ten whole posts a page with an archive by year, a feed of all."""

import os
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

# What it was last released with.
_PACKAGES = (
    "tinkerer==1.7.2",
    "jinja2<3",
    "markupsafe<2.1",
    "docutils<0.17",
    "setuptools<58",
    "alabaster<0.7.13",
)


def start_tinkerer(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The blog that `tinker --setup` makes; a post's day is that of its folders."""
    programs = install_python("tinkerer", *_PACKAGES)
    site = folder / "site"
    site.mkdir()
    tinker = str(programs / "tinker")
    run([tinker, "--setup"], folder=site)
    port = free_port()
    settings = site / "conf.py"
    settings.write_text(settings.read_text().replace("127.0.0.1/blog/html", f"127.0.0.1:{port}"))
    listed: dict[Path, tuple[str, str]] = {}

    def write_post(post: Known) -> None:
        place = site / f"{post.at:%Y/%m/%d}" / f"{post.slug}.rst"
        place.parent.mkdir(parents=True, exist_ok=True)
        head = f".. author:: humas\n.. categories:: {post.category}\n.. tags:: warga\n.. comments::\n"
        text = post.marked(".. more::") if post.cut else post.body
        place.write_text(f"{_headed(post.title)}{text}\n\n{head}")
        listed[place] = (f"{post.at:%Y%m%d%H%M}", f"{post.at:%Y/%m/%d}/{post.slug}")

    def write_page(page: Standing) -> None:
        (site / "pages").mkdir(exist_ok=True)
        (site / "pages" / f"{page.slug}.rst").write_text(_headed(page.title) + page.body + "\n")

    def build() -> None:
        standing = [said for place, said in listed.items() if place.exists()]
        places = [place for _, place in sorted(standing, reverse=True)]
        places += [f"pages/{page.stem}" for page in sorted((site / "pages").iterdir())]
        toctree = "".join(f"   {place}\n" for place in places)
        (site / "master.rst").write_text(f"{_headed('Sitemap')}.. toctree::\n   :maxdepth: 1\n\n{toctree}")
        environment = {"PATH": f"{programs}:{os.environ['PATH']}"}  # where it looks for Sphinx
        run([tinker, "--build"], folder=site, environment=environment)

    generator = Generator(
        "tinkerer",
        site / "blog" / "html",
        write_post,
        write_page,
        build,
        lambda post: f"/{post.at:%Y/%m/%d}/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)


def _headed(title: str) -> str:
    return f"{title}\n{'=' * len(title)}\n\n"
