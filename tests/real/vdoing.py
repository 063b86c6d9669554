"""Vdoing, a theme of VuePress 1, from npm: a home page of ten, an archive of months and days."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_PACKAGES = ("vuepress@1.9.10", "vuepress-theme-vdoing@1.12.9")
_SETTINGS = {
    "theme": "vdoing",
    "title": "Kelurahan Contoh",
    "locales": {"/": {"lang": "id"}},
    "themeConfig": {
        "nav": [
            {"text": "Beranda", "link": "/"},
            {"text": "Profil", "link": "/profil/"},
            {"text": "Arsip", "link": "/archives/"},
        ],
        "author": "Humas",
        "blogger": {"avatar": "/humas.png", "name": "Humas", "slogan": "Melayani warga"},
        "category": True,
        "tag": True,
        "archive": True,
    },
}
# What its webpack needs of a newer Node.
_ENVIRONMENT = {"NODE_OPTIONS": "--openssl-legacy-provider", "TZ": "Asia/Makassar", "CI": "1"}


def start_vdoing(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its home page, archive, categories and tags; an address of the author's own for each post."""
    installed = install_node("vdoing", *_PACKAGES)
    site = folder / "site"
    docs = site / "docs"
    (docs / ".vuepress").mkdir(parents=True)
    (docs / "_posts").mkdir()
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text('{"name": "site", "private": true}')
    (docs / ".vuepress" / "config.js").write_text(f"module.exports = {json.dumps(_SETTINGS)}\n")
    (docs / "index.md").write_text(front_matter("", home="true", heroText="Kelurahan Contoh"))

    def write_post(post: Known) -> None:
        head = {
            "title": post.title,
            "date": f"{post.at:%Y-%m-%d %H:%M:%S}",
            "permalink": f"/pages/{post.slug}/",
        }
        if post.sticky:
            head["sticky"] = "1"
        text = post.marked("<!-- more -->")
        text = front_matter(text, **head, categories=f"[{post.category}]", tags="[warga]")
        (docs / "_posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        head = {"title": page.title, "date": "2026-02-03 08:00:00", "permalink": f"/{page.slug}/"}
        text = front_matter(page.body, **head, article="false")
        (docs / f"{page.slug}.md").write_text(text)

    def build() -> None:
        command = [str(site / "node_modules/.bin/vuepress"), "build", "docs", "--temp", str(site / "temp")]
        run(command, folder=site, environment=_ENVIRONMENT)

    generator = Generator(
        "vdoing",
        docs / ".vuepress" / "dist",
        write_post,
        write_page,
        build,
        lambda post: f"/pages/{post.slug}/",
    )
    return serve_generated(generator, free_port(), posts, processes)
