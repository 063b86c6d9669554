"""MkDocs with Material's blog from PyPI: no feed, days without a year's month name written out, archives."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
site_name: Kelurahan Contoh
site_url: http://127.0.0.1:{port}/
use_directory_urls: true
theme:
  name: material
  language: id
  font: false
plugins:
  - search
  - blog:
      blog_dir: kabar
      post_date_format: full
      pagination_per_page: 10
"""


def start_mkdocs(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A home page of standing text, with the posts under `kabar/`; dates are days only."""
    programs = install_python("mkdocs", "mkdocs-material")
    docs = folder / "docs"
    (docs / "kabar" / "posts").mkdir(parents=True)
    (docs / "index.md").write_text("# Kelurahan Contoh\n\nSelamat datang di laman kami.\n")
    (docs / "kabar" / "index.md").write_text("# Kabar\n")
    port = free_port()
    (folder / "mkdocs.yml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        lead, *rest = post.paragraphs
        text = f"# {post.title}\n\n{lead}\n\n<!-- more -->\n\n" + "\n\n".join(rest)
        place = docs / "kabar" / "posts" / f"{post.slug}.md"
        head = {"date": f"{post.at:%Y-%m-%d}", "slug": post.slug, "categories": f"[{post.category}]"}
        if post.sticky:
            head["pin"] = "true"
        place.write_text(front_matter(text, **head))

    def write_page(page: Standing) -> None:
        (docs / f"{page.slug}.md").write_text(f"# {page.title}\n\n{page.body}\n")

    generator = Generator(
        "mkdocs",
        folder / "site",
        write_post,
        write_page,
        lambda: run([str(programs / "mkdocs"), "build", "-q"], folder=folder),
        lambda post: f"/kabar/{post.at:%Y/%m/%d}/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
