"""BlazeBlogger from Debian: "Previous" leads to older posts, "Next" to newer; a feed of ten, days only."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = {"blog.title": "Kelurahan Contoh", "core.extension": "html", "core.encoding": "UTF-8"}


def start_blazeblogger(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme; it numbers posts as they are added, and knows their days only."""
    install_debian("blazeblogger")
    source, output = folder / "source", folder / "output"
    source.mkdir()
    output.mkdir()
    port = free_port()
    blog = ["-b", str(source)]
    run(["blaze-init", *blog], folder=folder)
    for name, value in {**_SETTINGS, "feed.baseurl": f"http://127.0.0.1:{port}"}.items():
        run(["blaze-config", *blog, name, value], folder=folder)
    numbers: dict[str, int] = {}

    def add(slug: str, head: str, text: str, *options: str) -> None:
        entry = folder / "entry.txt"
        entry.write_text(f"{head}# url: {slug}\n\n{text}\n")
        run(["blaze-add", *options, *blog, str(entry)], folder=folder)

    def write_post(post: Known) -> None:
        numbers[post.slug] = len(numbers) + 1
        head = (
            f"# author: humas\n# date: {post.at:%Y-%m-%d}\n# tags: {post.category}\n# title: {post.title}\n"
        )
        lead, *rest = (f"<p>{part}</p>\n" for part in post.paragraphs)
        add(post.slug, head, lead + ("<!-- break -->\n" if post.cut else "") + "".join(rest))

    def write_page(page: Standing) -> None:
        add(page.slug, f"# date: 2025-01-02\n# title: {page.title}\n", f"<p>{page.body}</p>", "-p")

    def build() -> None:
        run(["blaze-make", *blog, "-d", str(output)], folder=folder)

    def address(post: Known) -> str:
        return f"/{post.at:%Y/%m}/{numbers[post.slug]}-{post.slug}/"

    generator = Generator("blazeblogger", output, write_post, write_page, build, address)
    # It keeps posts by numbers: what is written again is another post.
    return replace(serve_generated(generator, port, posts, processes), rewrite=None)
