"""Valaxy from npm with its theme Yun, or Sakura: cards with a day and that of editing, few a page."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, leave_endings_out, serve_generated, titled_pages
from truth import Known, Served

# What each theme wants beside it.
_THEMES = {
    "yun": {"valaxy": "0.28.0", "valaxy-theme-yun": "0.20.4"},
    "sakura": {"valaxy": "0.28.0", "valaxy-theme-sakura": "0.10.2"},
}
_SITE = """
import { defineSiteConfig } from "valaxy"
export default defineSiteConfig({title: "Kelurahan Contoh", url: "http://127.0.0.1:PORT/", lang: "en",
  timezone: "Asia/Makassar", author: {name: "Humas"}, search: {enable: false}})
"""
_SETTINGS = """
import { defineValaxyConfig } from "valaxy"
export default defineValaxyConfig({theme: "THEME", themeConfig: {banner: {enable: false},
  pages: [{name: "Profil", url: "/profil", icon: "i-ri-home-line", color: "dodgerblue"}]}})
"""


def start_valaxy(folder: Path, posts: Sequence[Known], processes: Processes, *, theme: str = "yun") -> Served:
    """One of the themes and a site's settings as its starter has them, built as pages of their own."""
    packages = _THEMES[theme]
    installed = install_node(
        "valaxy" if theme == "yun" else theme, *(f"{name}@{version}" for name, version in packages.items())
    )
    site = folder / "site"
    (site / "pages" / "posts").mkdir(parents=True)
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text(
        json.dumps({"type": "module", "private": True, "dependencies": packages})
    )
    port = free_port()
    (site / "site.config.ts").write_text(_SITE.replace("PORT", str(port)))
    (site / "valaxy.config.ts").write_text(_SETTINGS.replace("THEME", theme))
    archive = front_matter("", layout="archives", title="Archives")
    (site / "pages" / "archives").mkdir()
    (site / "pages" / "archives" / "index.md").write_text(archive)

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": f"{post.at:%Y-%m-%d %H:%M:%S}"}
        if post.sticky:
            head["top"] = "1"
        if post.cut:
            head["updated"] = f"{post.at + timedelta(days=3):%Y-%m-%d %H:%M:%S}"
        text = post.marked("<!-- more -->")
        text = front_matter(text, **head, categories=post.category, tags="[warga]")
        (site / "pages" / "posts" / f"{post.slug}.md").write_text(text)

    def build() -> None:
        command = [str(site / "node_modules/.bin/valaxy"), "build", "--ssg"]
        run(command, folder=site, environment={"TZ": "Asia/Makassar", "CI": "1"})
        leave_endings_out(site / "dist")

    generator = Generator(
        f"valaxy, {theme}",
        site / "dist",
        write_post,
        titled_pages(site / "pages"),
        build,
        lambda post: f"/posts/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
