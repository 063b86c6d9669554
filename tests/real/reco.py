"""Reco, a theme of VuePress 1, from npm: cards with a day, a timeline of months and days."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_PACKAGES = ("vuepress@1.9.10", "vuepress-theme-reco@1.6.17")
_SETTINGS = {
    "theme": "reco",
    "title": "Kelurahan Contoh",
    "locales": {"/": {"lang": "id"}},
    "themeConfig": {
        "type": "blog",
        "author": "Humas",
        "nav": [
            {"text": "Beranda", "link": "/"},
            {"text": "Profil", "link": "/profil.html"},
            {"text": "Linimasa", "link": "/timeline/"},
        ],
        "blogConfig": {
            "category": {"location": 2, "text": "Kategori"},
            "tag": {"location": 3, "text": "Tag"},
        },
    },
}
# What its webpack needs of a newer Node.
_ENVIRONMENT = {"NODE_OPTIONS": "--openssl-legacy-provider", "TZ": "UTC", "CI": "1"}


def start_reco(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A blog as its own starter makes one, ten posts a page."""
    installed = install_node("reco", *_PACKAGES)
    site = folder / "site"
    docs = site / "docs"
    (docs / ".vuepress").mkdir(parents=True)
    (docs / "blogs").mkdir()
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text('{"name": "site", "private": true}')
    (docs / ".vuepress" / "config.js").write_text(f"module.exports = {json.dumps(_SETTINGS)}\n")
    (docs / "README.md").write_text(front_matter("", home="true", heroText="Kelurahan Contoh"))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": f"{post.at:%Y-%m-%d %H:%M:%S}"}
        if post.sticky:
            head["sticky"] = "1"
        text = post.marked("<!-- more -->")
        text = front_matter(text, **head, categories=f"[{post.category}]", tags="[warga]")
        (docs / "blogs" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, title=page.title, publish="false")
        (docs / f"{page.slug}.md").write_text(text)

    def build() -> None:
        command = [str(site / "node_modules/.bin/vuepress"), "build", "docs", "--temp", str(site / "temp")]
        run(command, folder=site, environment=_ENVIRONMENT)

    generator = Generator(
        "vuepress, reco",
        docs / ".vuepress" / "dist",
        write_post,
        write_page,
        build,
        lambda post: f"/blogs/{post.slug}.html",
    )
    return serve_generated(generator, free_port(), posts, processes)
