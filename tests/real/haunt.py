"""Haunt from Debian's unstable release, in Guile: its own theme, with each day inside its link."""

import os
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run, unpack_debian
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """(use-modules (haunt asset) (haunt builder blog) (haunt builder atom) (haunt builder flat-pages)
             (haunt reader) (haunt site) (haunt post))
(site #:title "Kelurahan Contoh" #:domain "localhost" #:scheme 'http
      #:default-metadata '((author . "Admin") (email . "admin@example.invalid"))
      #:readers (list html-reader)
      #:builders (list (blog #:posts-per-page 10) (atom-feed) (flat-pages "pages")))
"""


def start_haunt(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Ten posts a page, each a link that holds the title and the day; no page names the feed."""
    install_debian("guile-3.0", "guile-library")
    root = unpack_debian("sid", "haunt")
    port = free_port()
    for name in ("posts", "pages", "site"):
        (folder / name).mkdir()
    (folder / "haunt.scm").write_text(_SETTINGS.replace("@port@", str(port)))

    def write_post(post: Known) -> None:
        text = "".join(f"<p>{part}</p>\n" for part in post.paragraphs)
        head = (
            f"title: {post.title}\nslug: {post.slug}\ndate: {post.at:%Y-%m-%d %H:%M}\ntags: {post.category}\n"
        )
        (folder / "posts" / f"{post.slug}.html").write_text(f"{head}---\n{text}")

    def write_page(page: Standing) -> None:
        (folder / "pages" / f"{page.slug}.html").write_text(f"title: {page.title}\n---\n<p>{page.body}</p>\n")

    def build() -> None:
        scheme = root / "usr/share/guile/site/3.0"
        settings = {"GUILE_LOAD_PATH": f"{scheme}:", "GUILE_AUTO_COMPILE": "0", "TZ": "Asia/Makassar"}
        run([str(root / "usr/bin/haunt"), "build"], folder=folder, environment={**os.environ, **settings})

    generator = Generator(
        "haunt", folder / "site", write_post, write_page, build, lambda post: f"/{post.slug}.html"
    )
    return serve_generated(generator, port, posts, processes)
