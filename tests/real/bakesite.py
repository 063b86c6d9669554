"""bakesite from PyPI: all of its blog on one page, days as 2026-06-26 behind "Published on", and a feed."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated, titled_pages
from truth import Known, Served

_SETTINGS = """
base_path: ""
subtitle: Kelurahan Contoh
author: Humas
site_url: http://127.0.0.1:{port}
github_url: ""
linkedin_url: ""
gtag_id: ""
cname: ""
"""


def start_bakesite(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own layout; the day is told by the name of a post's file, the home page says welcome."""
    programs = install_python("bakesite", "bakesite==0.7.2")
    site = folder / "site"
    (site / "content" / "blog").mkdir(parents=True)
    port = free_port()
    (site / "bakesite.yaml").write_text(_SETTINGS.format(port=port))
    home = "[Berita](/blog/) [Profil](/profil/) [Kontak](/kontak/)\n\nSelamat datang di kelurahan.\n"
    (site / "content" / "index.md").write_text(front_matter(home, title="Beranda"))

    def write_post(post: Known) -> None:
        text = front_matter(post.body, title=f'"{post.title}"', tags=f"[warga, {post.category.lower()}]")
        (site / "content" / "blog" / f"{post.at:%Y-%m-%d}-{post.slug}.md").write_text(text)

    generator = Generator(
        "bakesite",
        site / "_site",
        write_post,
        titled_pages(site / "content"),
        lambda: run([str(programs / "bakesite"), "bake"], folder=site),
        lambda post: f"/blog/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
