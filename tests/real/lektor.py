"""Lektor from PyPI: its quickstart blog, days only, no feed."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_ANSWERS = {"name": "kantor", "author_name": "Humas", "with_blog": "yes"}


def start_lektor(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The templates of Lektor's own quickstart, without its sample contents."""
    programs = install_python("lektor", "Lektor")
    site = folder / "site"
    answers = f"kantor\nHumas\n{site}\ny\ny\n"
    run([str(programs / "lektor"), "quickstart"], folder=folder, stdin=answers)
    blog = site / "content" / "blog"
    for sample in blog.iterdir():
        if sample.is_dir():
            shutil.rmtree(sample)

    def write_post(post: Known) -> None:
        (blog / post.slug).mkdir(exist_ok=True)
        fields = {
            "title": post.title,
            "author": "Humas",
            "pub_date": f"{post.at:%Y-%m-%d}",
            "body": f"\n{post.body}",
        }
        _write(blog / post.slug, fields)

    def write_page(page: Standing) -> None:
        (site / "content" / page.slug).mkdir()
        _write(
            site / "content" / page.slug, {"_model": "page", "title": page.title, "body": f"\n{page.body}"}
        )

    generator = Generator(
        "lektor",
        folder / "public",
        write_post,
        write_page,
        lambda: run([str(programs / "lektor"), "build", "-O", str(folder / "public")], folder=site),
        lambda post: f"/blog/{post.slug}/",
    )
    return serve_generated(generator, free_port(), posts, processes)


def _write(folder: Path, fields: dict[str, str]) -> None:
    parts = [
        f"{name}: {value}" if not value.startswith("\n") else f"{name}:\n{value}"
        for name, value in fields.items()
    ]
    (folder / "contents.lr").write_text("\n---\n".join(parts) + "\n")
