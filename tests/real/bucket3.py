"""bucket3 from PyPI: a day in a column, its month and its year in headings above."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, front_matter, serve_generated
from truth import Known, Served, Standing

# Feeds for two readers of its author, whose templates the package lacks.
_LACKING = ("rss-medium.xml", "rss-fb.xml")


def start_bucket3(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme: ten posts on the home page, all in one archive, a feed of 25; no standing pages."""
    bucket = str(install_python("bucket3", "bucket3") / "bucket3")
    site = folder / "site"
    site.mkdir()
    port = free_port()
    run([bucket, "-p", str(site), "init"], folder=folder)
    for name in _LACKING:
        shutil.copy(site / "templates" / "rss.xml", site / "templates" / name)
    settings = site / "bucket3.conf.yaml"
    text = settings.read_text().replace("http://www.exmaple.com/myblog/", f"http://127.0.0.1:{port}/")
    settings.write_text(text.replace("a bucket3 blog", "Kelurahan Contoh"))

    def write_post(post: Known) -> None:
        head = {
            "title": f'"{post.title}"',
            "date": f"{post.at:%Y-%m-%d %H:%M:%S}",
            "tags": post.category,
            "slug": post.slug,
            "abstract": f'"{post.paragraphs[0]}"',
        }
        place = site / "posts" / post.slug
        place.mkdir(exist_ok=True)
        (place / f"{post.slug}.md").write_text(front_matter(post.body, **head))

    def write_page(page: Standing) -> None:
        """It has posts alone."""

    generator = Generator(
        "bucket3",
        site / "html",
        write_post,
        write_page,
        lambda: run([bucket, "-p", str(site), "update"], folder=site, environment={"TZ": "Asia/Makassar"}),
        lambda post: f"/{post.at:%Y/%m/%d}/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
