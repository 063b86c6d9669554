"""Chronicle from Debian: static pages by Perl, months and tags, a feed of ten."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, serve_generated
from truth import Known, Served, Standing


def start_chronicle(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme; every entry says its day, and the home page shows ten."""
    install_debian("chronicle")
    source, output = folder / "blog", folder / "output"
    source.mkdir()
    port = free_port()

    titles: dict[str, str] = {}

    def write_post(post: Known) -> None:
        # Its pages have their titles for addresses: one that is rewritten keeps its own.
        title = titles.setdefault(post.slug, post.title)
        text = "".join(f"<p>{part}</p>\n" for part in post.paragraphs)
        head = f"Title: {title}\nDate: {post.at.day} {post.at:%B %Y %H:%M:%S}\nTags: {post.category}\n"
        (source / f"{post.slug}.txt").write_text(f"{head}\n{text}")

    def write_page(page: Standing) -> None:
        output.mkdir(exist_ok=True)
        (output / f"{page.slug}.html").write_text(f"<h1>{page.title}</h1><p>{page.body}</p>")

    def build() -> None:
        options = [f"--input={source}", f"--output={output}", f"--url-prefix=http://127.0.0.1:{port}/"]
        command = ["chronicle", *options, "--no-cache", "--no-comments", "--entry-count=10", "--lower-case"]
        run(command, folder=folder, environment={"TZ": "Asia/Makassar", "LC_ALL": "C.UTF-8"})

    generator = Generator(
        "chronicle",
        output,
        write_post,
        write_page,
        build,
        lambda post: f"/{post.title.lower().replace(' ', '_').replace('-', '_')}.html",
    )
    return serve_generated(generator, port, posts, processes)
