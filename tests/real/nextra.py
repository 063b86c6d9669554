"""Nextra's blog theme from npm, on Next.js: a welcome with scripts at home, a list of everything, no feed."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, leave_endings_out, serve_generated
from truth import Known, Served, Standing

_PACKAGES = ("nextra@2.13.4", "nextra-theme-blog@2.13.4", "next@13.5.11", "react@18", "react-dom@18")
_SETTINGS = """
const withNextra = require("nextra")({theme: "nextra-theme-blog", themeConfig: "./theme.config.js"})

module.exports = withNextra({output: "export", images: {unoptimized: true}})
"""
_THEME = "export default {footer: <small>Humas</small>, head: ({ title }) => <title>{title}</title>}\n"


def start_nextra(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Serve its export: a day in `<time>` below each excerpt, at the midnight of who built it."""
    installed = install_node("nextra", *_PACKAGES)
    site = folder / "site"
    (site / "pages" / "posts").mkdir(parents=True)
    # Next.js finds its own parts by their place below the site, so that a link would not do.
    run(["cp", "-a", str(installed / "node_modules"), str(site)])
    (site / "package.json").write_text('{"private": true}')
    (site / "next.config.js").write_text(_SETTINGS)
    (site / "theme.config.js").write_text(_THEME)
    welcome = front_matter("# Kelurahan Contoh\n\nSelamat datang.", type="page", title="Kelurahan Contoh")
    (site / "pages" / "index.md").write_text(welcome)
    (site / "pages" / "posts" / "index.md").write_text(front_matter("# Berita", type="posts", title="Berita"))

    def write_post(post: Known) -> None:
        head = {"title": json.dumps(post.title), "date": f"{post.at:%Y/%m/%d}", "author": "Humas"}
        text = front_matter(
            f"# {post.title}\n\n{post.body}", **head, tag="warga", description=json.dumps(post.paragraphs[0])
        )
        (site / "pages" / "posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, type="page", title=page.title, date="2020-01-02")
        (site / "pages" / f"{page.slug}.md").write_text(text)

    def build() -> None:
        # What it keeps of the list's page does not tell of posts that were written since.
        shutil.rmtree(site / ".next", ignore_errors=True)
        environment = {"TZ": "Asia/Makassar", "NEXT_TELEMETRY_DISABLED": "1"}
        run(["node_modules/.bin/next", "build"], folder=site, environment=environment)
        leave_endings_out(site / "out")

    generator = Generator(
        "nextra", site / "out", write_post, write_page, build, lambda post: f"/posts/{post.slug}/"
    )
    return serve_generated(generator, free_port(), posts, processes)
