"""Chirpy, a theme of Jekyll, from npm, in Indonesian: pinned posts above the list, days as 26/06/2026."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_debian, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_DEBIAN = ("jekyll", "ruby-jekyll-paginate", "ruby-jekyll-redirect-from")
_PLUGINS = ("ruby-jekyll-seo-tag", "ruby-jekyll-archives", "ruby-jekyll-sitemap")
_SETTINGS = """
lang: id-ID
timezone: Asia/Makassar
title: Kelurahan Contoh
tagline: Situs resmi
description: Berita dan pengumuman kelurahan
google_site_verification: ''
github: {{username: kelurahan-contoh}}
twitter: {{username: kelurahan_contoh}}
social: {{name: Kelurahan Contoh, email: humas@example.invalid, links: []}}
comments: {{active: false}}
url: http://127.0.0.1:{port}
img_cdn: ''
avatar: /assets/avatar.png
plugins: [jekyll-paginate, jekyll-redirect-from, jekyll-seo-tag, jekyll-archives, jekyll-sitemap]
"""
# What the package holds besides the theme; the Turkish words are YAML that Debian's Jekyll refuses.
_OTHERS = (
    "tr-TR.yml",
    "about.md",
    "Gemfile",
    "package.json",
    "gulpfile.js",
    "tools",
    "_posts",
    "_javascript",
    "_plugins",
)


def start_chirpy(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own settings but for who writes, address and language; its feed holds the newest five."""
    install_debian(*_DEBIAN, *_PLUGINS)
    installed = install_node("chirpy", "jekyll-theme-chirpy@5.3.21")
    site = folder / "site"
    theme = installed / "node_modules" / "jekyll-theme-chirpy"
    shutil.copytree(theme, site, ignore=shutil.ignore_patterns(*_OTHERS))
    (site / "assets" / "css" / "style.scss").unlink()  # it imports the theme as a gem
    (site / "_posts").mkdir()
    port = free_port()
    settings = site / "_config.yml"
    settings.write_text(settings.read_text().replace("theme: jekyll-theme-chirpy\n", ""))
    (site / "_office.yml").write_text(_SETTINGS.format(port=port))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": f"{post.at:%Y-%m-%d %H:%M:%S %z}"}
        if post.sticky:
            head["pin"] = "true"
        if post.cut:
            head["last_modified_at"] = f"{post.at + timedelta(days=3):%Y-%m-%d %H:%M:%S %z}"
        text = front_matter(post.body, **head, categories=f"[{post.category}]", tags="[warga]")
        (site / "_posts" / f"{post.at:%Y-%m-%d}-{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, title=page.title, icon="fas fa-info-circle", order="5")
        (site / "_tabs" / f"{page.slug}.md").write_text(text)

    def build() -> None:
        command = ["jekyll", "build", "-q", "--config", "_config.yml,_office.yml"]
        run(command, folder=site, environment={"LANG": "C.UTF-8", "JEKYLL_ENV": "production"})

    generator = Generator(
        "jekyll, chirpy", site / "_site", write_post, write_page, build, lambda post: f"/posts/{post.slug}/"
    )
    return serve_generated(generator, port, posts, processes)
