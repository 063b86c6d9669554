"""ABlog from PyPI, a blog on Sphinx: archives by year, and days in a side panel."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
project = "Kelurahan Contoh"
extensions = ["ablog", "sphinx.ext.extlinks"]
html_theme = "alabaster"
html_sidebars = {{"**": ["ablog/postcard.html", "ablog/recentposts.html", "ablog/archives.html"]}}
blog_title = "Kelurahan Contoh"
blog_baseurl = "http://127.0.0.1:{port}"
blog_feed_archives = False
blog_feed_length = 10
post_auto_excerpt = 1
"""


def start_ablog(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A post's directive names its day only; the blog's pages list everything."""
    programs = install_python("ablog", "ablog")
    site = folder / "site"
    (site / "berita").mkdir(parents=True)
    port = free_port()
    (site / "conf.py").write_text(_SETTINGS.format(port=port))
    (site / "index.rst").write_text(
        "Kelurahan Contoh\n================\n\n.. postlist:: 5\n   :excerpts:\n   :date: %d %b %Y\n\n"
        ".. toctree::\n   :hidden:\n\n   Berita <blog.rst>\n   profil\n   kontak\n   visi-misi\n"
    )

    def write_post(post: Known) -> None:
        rule = "=" * len(post.title)
        head = f".. post:: {post.at:%b %d, %Y}\n   :category: {post.category}\n   :tags: warga\n"
        (site / "berita" / f"{post.slug}.rst").write_text(f"{post.title}\n{rule}\n\n{head}\n{post.body}\n")

    def write_page(page: Standing) -> None:
        (site / f"{page.slug}.rst").write_text(f"{page.title}\n{'=' * len(page.title)}\n\n{page.body}\n")

    generator = Generator(
        "ablog",
        site / "_website",
        write_post,
        write_page,
        lambda: run([str(programs / "ablog"), "build"], folder=site, environment={"LC_ALL": "C.UTF-8"}),
        lambda post: f"/berita/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
