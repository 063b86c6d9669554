"""Docusaurus from npm as a blog: feeds of twenty, and days printed in UTC."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated, titled_pages
from truth import Known, Served

# Later versions ask for packages that not every registry has yet.
_PACKAGES = (
    "@docusaurus/core@3.7.0",
    "@docusaurus/preset-classic@3.7.0",
    "react@18",
    "react-dom@18",
    "webpack@5.95.0",
)
# The packages are shared by all trials; what one has bundled must not serve the next.
_ENVIRONMENT = {"NO_UPDATE_NOTIFIER": "1", "CI": "1", "DOCUSAURUS_NO_PERSISTENT_CACHE": "1"}
_SETTINGS = """
module.exports = {
  title: "Kelurahan Contoh", url: "http://127.0.0.1:PORT", baseUrl: "/", onBrokenLinks: "ignore",
  onBrokenMarkdownLinks: "ignore", i18n: {defaultLocale: "id", locales: ["id"]},
  presets: [["@docusaurus/preset-classic", {
    docs: false, theme: {},
    blog: {routeBasePath: "blog", postsPerPage: 10, showReadingTime: false,
      showLastUpdateTime: EDITED, onUntruncatedBlogPosts: "ignore",
      onInlineAuthors: "ignore", onInlineTags: "ignore", blogSidebarCount: 5},
  }]],
  themeConfig: {navbar: {title: "Kelurahan Contoh", items: [
    {to: "/blog", label: "Blog"}, {to: "/profil", label: "Profil"},
  ]}},
};
"""


def start_docusaurus(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its classic theme; the home page is one of the standing ones, the days of posts are told in UTC."""
    installed = install_node("docusaurus", *_PACKAGES)
    site = folder / "site"
    for part in ("blog", "src/pages"):
        (site / part).mkdir(parents=True)
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text(json.dumps({"name": "site", "version": "1.0.0", "private": True}))
    port = free_port()
    (site / "docusaurus.config.js").write_text(
        _SETTINGS.replace("PORT", str(port)).replace("EDITED", str(posts[0].cut).lower())
    )
    (site / "src/pages/index.md").write_text(front_matter("Selamat datang. [Blog](/blog)", title="Beranda"))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "slug": post.slug, "date": f"{post.at:%Y-%m-%dT%H:%M:%S}+08:00"}
        if post.cut:
            head["last_update"] = f"{{date: {post.at + timedelta(days=3):%Y-%m-%d}}}"
        (site / "blog" / f"{post.slug}.md").write_text(
            front_matter(post.marked("<!-- truncate -->"), **head, tags="[warga]")
        )

    def build() -> None:
        command = [str(site / "node_modules/.bin/docusaurus"), "build", "--no-minify"]
        run(command, folder=site, environment=_ENVIRONMENT)

    generator = Generator(
        "docusaurus",
        site / "build",
        write_post,
        titled_pages(site / "src/pages"),
        build,
        lambda post: f"/blog/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
