"""Starlight Blog from npm, on Astro: five posts a page, localised days without a time, a feed of twenty."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_node, run
from static import Generator, front_matter, serve_generated, titled_pages
from truth import Known, Served

_PACKAGES = ("astro@5.18.2", "@astrojs/starlight@0.34.8", "starlight-blog@0.23.2")
_SETTINGS = """
import starlight from "@astrojs/starlight"
import { defineConfig } from "astro/config"
import starlightBlog from "starlight-blog"

export default defineConfig({site: "http://127.0.0.1:PORT", integrations: [starlight({
  title: "Kelurahan Contoh", locales: {root: {label: "Bahasa Indonesia", lang: "id"}}, pagefind: false,
  sidebar: [{label: "Profil", link: "/profil/"}, {label: "Kontak", link: "/kontak/"}],
  plugins: [starlightBlog({title: "Kabar"})],
})]})
"""
_CONTENT = """
import { docsLoader } from "@astrojs/starlight/loaders"
import { docsSchema } from "@astrojs/starlight/schema"
import { defineCollection } from "astro:content"
import { blogSchema } from "starlight-blog/schema"

const schema = docsSchema({ extend: context => blogSchema(context) })
export const collections = { docs: defineCollection({ loader: docsLoader(), schema }) }
"""


def start_starlight_blog(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its defaults in Indonesian; a post's day is written without an hour, as its documentation does."""
    installed = install_node("starlight", *_PACKAGES)
    site = folder / "site"
    docs = site / "src" / "content" / "docs"
    (docs / "blog").mkdir(parents=True)
    # Astro finds its own parts by their place below the site, so that a link would not do.
    run(["cp", "-a", str(installed / "node_modules"), str(site)])
    (site / "package.json").write_text('{"type": "module", "private": true}')
    port = free_port()
    (site / "astro.config.mjs").write_text(_SETTINGS.replace("PORT", str(port)))
    (site / "src" / "content.config.ts").write_text(_CONTENT)
    (docs / "index.md").write_text(front_matter("Selamat datang.", title="Kelurahan Contoh"))

    def write_post(post: Known) -> None:
        head = {"title": post.title, "date": f"{post.at:%Y-%m-%d}", "tags": "[warga]"}
        if post.sticky:
            head["featured"] = "true"
        if post.cut:
            head["lastUpdated"] = f"{post.at:%Y-%m-%d}T23:00:00+08:00"
        text = post.marked("<!-- excerpt -->")
        (docs / "blog" / f"{post.slug}.md").write_text(front_matter(text, **head))

    def build() -> None:
        command = [str(site / "node_modules/.bin/astro"), "build"]
        run(command, folder=site, environment={"ASTRO_TELEMETRY_DISABLED": "1"})

    generator = Generator(
        "starlight-blog",
        site / "dist",
        write_post,
        titled_pages(docs),
        build,
        lambda post: f"/blog/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
