"""GOV.UK's plugin for Eleventy from npm, for British offices: a list that shows days without a clock."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_PACKAGE = "@x-govuk/govuk-eleventy-plugin@6.7.2"
_SETTINGS = """
const govuk = require('@x-govuk/govuk-eleventy-plugin')
module.exports = function (config) {
  config.addPlugin(govuk, {
    homeKey: 'Kelurahan Contoh',
    url: 'http://127.0.0.1:%d/',
    header: { organisationName: 'Kelurahan Contoh' },
    navigation: { items: [{ text: 'Berita', href: '/berita/' }, { text: 'Profil', href: '/profil/' }] }
  })
  config.addCollection('post', (api) => api.getFilteredByGlob('berita/*.md').reverse())
  const layouts = 'node_modules/@x-govuk/govuk-eleventy-plugin/layouts'
  return { markdownTemplateEngine: 'njk', dir: { layouts } }
}
"""
_LIST = """---
layout: collection
title: Berita
permalink: "berita/{% if pagination.pageNumber %}page/{{ pagination.pageNumber + 1 }}/{% endif %}index.html"
pagination: {data: collections.post, size: 10}
---
"""
_HOME = "---\nlayout: page\ntitle: Kelurahan Contoh\n---\n\nSelamat datang di situs kami.\n"


def start_govuk(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A home page that says welcome, its list of ten a page with their descriptions, and no feed."""
    installed = install_node("govuk", _PACKAGE)
    site = folder / "site"
    (site / "berita").mkdir(parents=True)
    (site / "node_modules").symlink_to(installed / "node_modules")
    port = free_port()
    (site / ".eleventy.js").write_text(_SETTINGS % port)
    (site / "daftar.njk").write_text(_LIST)
    (site / "index.md").write_text(_HOME)

    def write_post(post: Known) -> None:
        head = {"layout": "post", "title": json.dumps(post.title), "date": post.at.isoformat()}
        if post.cut:
            head["description"] = json.dumps(post.paragraphs[0])
        (site / "berita" / f"{post.slug}.md").write_text(front_matter(post.body, **head))

    def write_page(page: Standing) -> None:
        (site / f"{page.slug}.md").write_text(front_matter(page.body, layout="page", title=page.title))

    def build() -> None:
        command = [str(installed / "node_modules/.bin/eleventy"), "--quiet"]
        run(command, folder=site, environment={"TZ": "Asia/Makassar"})

    generator = Generator(
        "govuk", site / "_site", write_post, write_page, build, lambda post: f"/berita/{post.slug}/"
    )
    return serve_generated(generator, port, posts, processes)
