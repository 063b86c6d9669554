"""Nikola from PyPI: a static site whose feed holds the newest ten and whose archive is by month."""

import re
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_CHANGES = {
    "DEFAULT_LANG": '"id"',
    "TIMEZONE": '"Asia/Makassar"',
    "CREATE_MONTHLY_ARCHIVE": "True",
    "INDEX_TEASERS": "True",
    "BLOG_TITLE": '"Kelurahan Contoh"',
}


def start_nikola(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Make a site by Nikola's own command with its default theme, in Indonesian."""
    programs = install_python("nikola", "Nikola")
    nikola = str(programs / "nikola")
    run([nikola, "init", "-q", "site"], folder=folder)
    site = folder / "site"
    port = free_port()
    _change_settings(site / "conf.py", {**_CHANGES, "SITE_URL": f'"http://127.0.0.1:{port}/"'})

    def write(place: Path, text: str, **values: str) -> None:
        head = "\n".join(f".. {name}: {value}" for name, value in values.items())
        place.write_text(f"{head}\n\n{text}\n")

    def write_post(post: Known) -> None:
        write(
            site / "posts" / f"{post.slug}.rst",
            post.marked(".. TEASER_END"),
            title=post.title,
            slug=post.slug,
            date=f"{post.at:%Y-%m-%d %H:%M:%S} UTC+08:00",
            category=post.category,
            tags="warga",
        )

    def write_page(page: Standing) -> None:
        place = site / "pages" / f"{page.slug}.rst"
        write(place, page.body, title=page.title, slug=page.slug, date="2026-02-03 08:00:00 UTC+08:00")

    generator = Generator(
        "nikola",
        site / "output",
        write_post,
        write_page,
        lambda: run([nikola, "build", "-v", "0"], folder=site),
        lambda post: f"/posts/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)


def _change_settings(place: Path, changes: dict[str, str]) -> None:
    text = place.read_text()
    for name, value in changes.items():
        text = re.sub(rf"^#? ?{name} = .*$", f"{name} = {value}", text, count=1, flags=re.MULTILINE)
    place.write_text(text)
