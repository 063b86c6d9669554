"""BlogMore from PyPI: whole posts on its list, archives by year, month and day, feeds of twenty."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing


def start_blogmore(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates with its optional pages but the search, built on a machine of the office's zone."""
    programs = install_python("blogmore", "blogmore==2.44.2", oldest=(3, 12))
    site = folder / "site"
    (site / "content" / "posts").mkdir(parents=True)
    (site / "content" / "pages").mkdir()
    port = free_port()
    command = [str(programs / "blogmore"), "build", "content", "--site-title", "Kelurahan Contoh"]
    command += ["--site-url", f"http://127.0.0.1:{port}", "--with-sitemap", "--with-calendar", "--with-stats"]

    def write_post(post: Known) -> None:
        head = {
            "title": post.title,
            "date": post.at.isoformat(),
            "category": post.category,
            "tags": "[warga]",
        }
        if post.cut:
            head["modified"] = f"{post.at:%Y-%m-%d} 23:59:00+08:00"
        (site / "content" / "posts" / f"{post.slug}.md").write_text(front_matter(post.body, **head))

    def write_page(page: Standing) -> None:
        text = front_matter(page.body, title=page.title)
        (site / "content" / "pages" / f"{page.slug}.md").write_text(text)

    generator = Generator(
        "blogmore",
        site / "output",
        write_post,
        write_page,
        lambda: run(command, folder=site, environment={"TZ": "Asia/Makassar"}),
        lambda post: f"/{post.at:%Y/%m/%d}/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
