"""VitePress from npm: a list that its pages draw from a data loader, English month names, days only."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
export default {title: "Kelurahan Contoh", lang: "id-ID", themeConfig: {nav: [
  {text: "Beranda", link: "/"}, {text: "Kabar", link: "/kabar"}, {text: "Profil", link: "/profil"},
]}}
"""
_LOADER = """
import { createContentLoader } from "vitepress"
const form = {year: "numeric", month: "long", day: "numeric", timeZone: "Asia/Makassar"}
export default createContentLoader("posts/*.md", {excerpt: "<!-- more -->", transform(pages) {
  const posts = pages.map(({url, excerpt, frontmatter: {title, date}}) => ({url, title, at: new Date(date),
    lead: (excerpt ?? "").replace(/<h1.*?<.h1>/s, "")}))
  posts.sort((a, b) => b.at - a.at)
  return posts.map(post => ({...post, at: 0, day: post.at.toLocaleDateString("en-US", form)}))
}})
"""
_LIST = """<script setup>
import { data as posts } from "./posts.data.js"
</script>

# Kabar

<ul>
<li v-for="post of posts"><dl><dt>Published on</dt><dd><time>{{ post.day }}</time></dd></dl>
<h2><a :href="post.url">{{ post.title }}</a></h2><div v-if="post.lead" v-html="post.lead"></div></li>
</ul>
"""


def start_vitepress(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme; articles show no date at all, the list shows every post on one page."""
    installed = install_node("vitepress", "vitepress@1", "vue@3")
    site = folder / "site"
    for part in (".vitepress", "posts"):
        (site / part).mkdir(parents=True)
    (site / "node_modules").symlink_to(installed / "node_modules")
    (site / "package.json").write_text('{"type": "module", "private": true}')
    (site / ".vitepress" / "config.js").write_text(_SETTINGS)
    (site / "posts.data.js").write_text(_LOADER)
    (site / "kabar.md").write_text(_LIST)
    (site / "index.md").write_text("# Kelurahan Contoh\n\nSelamat datang.\n")

    def write_post(post: Known) -> None:
        text = f"# {post.title}\n\n{post.marked('<!-- more -->')}"
        text = front_matter(text, title=post.title, date=post.at.isoformat())
        (site / "posts" / f"{post.slug}.md").write_text(text)

    def write_page(page: Standing) -> None:
        (site / f"{page.slug}.md").write_text(f"# {page.title}\n\n{page.body}\n")

    def build() -> None:
        run([str(site / "node_modules/.bin/vitepress"), "build", str(site)], folder=site)

    generator = Generator(
        "vitepress",
        site / ".vitepress" / "dist",
        write_post,
        write_page,
        build,
        lambda post: f"/posts/{post.slug}.html",
    )
    return serve_generated(generator, free_port(), posts, processes)
