"""Teek, a theme of VitePress, from npm: a home page that a script fills, an archive of months and days."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_PACKAGES = ("vitepress@1.6.4", "vitepress-theme-teek@1.6.2")
_SETTINGS = """
import { defineConfig } from "vitepress"
import { defineTeekConfig } from "vitepress-theme-teek/config"

export default defineConfig({extends: defineTeekConfig({author: {name: "Humas"}}), lang: "id",
  title: "Kelurahan Contoh", themeConfig: {nav: [{text: "Beranda", link: "/"},
  {text: "Arsip", link: "/archives"}, {text: "Profil", link: "/profil"}]}})
"""
_THEME = """
import Teek from "vitepress-theme-teek"
import "vitepress-theme-teek/index.css"

export default { extends: Teek }
"""


def start_teek(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Serve its archive: month and day within each link, a year above; October stands above September."""
    installed = install_node("teek", *_PACKAGES)
    site = folder / "site"
    (site / "posts").mkdir(parents=True)
    (site / ".vitepress" / "theme").mkdir(parents=True)
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text('{"type": "module", "private": true}')
    (site / ".vitepress" / "config.mts").write_text(_SETTINGS)
    (site / ".vitepress" / "theme" / "index.ts").write_text(_THEME)
    (site / "index.md").write_text("---\nlayout: home\ntk:\n  teekHome: true\n  vpHome: false\n---\n")
    archive = front_matter("", title="Arsip", layout="page", sidebar="false", archivesPage="true")
    (site / "archives.md").write_text(archive)

    def write_post(post: Known) -> None:
        head = {"title": json.dumps(post.title), "date": f"{post.at:%Y-%m-%d %H:%M:%S}"}
        if post.sticky:
            head["sticky"] = "1"
        text = post.marked("<!-- more -->")
        text = front_matter(text, **head, categories=f"[{post.category}]", tags="[warga]")
        (site / "posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        (site / f"{page.slug}.md").write_text(front_matter(page.body, title=page.title, article="false"))

    def build() -> None:
        command = [str(site / "node_modules/.bin/vitepress"), "build"]
        run(command, folder=site, environment={"TZ": "Asia/Makassar"})

    generator = Generator(
        "teek",
        site / ".vitepress" / "dist",
        write_post,
        write_page,
        build,
        lambda post: f"/posts/{post.slug}.html",
    )
    return serve_generated(generator, free_port(), posts, processes)
