"""chalow from Debian: one text file becomes a page a month, each post a part of its day."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from machine import Processes, free_port, install_debian, run, serve_folder
from truth import Known, Served


def start_chalow(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its English sample's settings: seven days on the home page, an anchor a post."""
    install_debian("chalow")
    output = folder / "output"
    output.mkdir()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    sample = Path("/usr/share/doc/chalow/examples/cl-en.conf").read_text()
    settings = sample.replace("http://XXX.example.net/diary", url).replace(
        "XXX_YOUR_NAME", "Kelurahan Contoh"
    )
    (folder / "cl.conf").write_text(settings)
    written: list[Known] = []

    def build() -> None:
        _write(folder / "ChangeLog", written)
        run(["chalow", "--utf8", "-c", "cl.conf", "-o", str(output), "ChangeLog"], folder=folder)

    def publish(post: Known) -> str:
        written.append(post)
        build()
        return _address(post)

    def rewrite(post: Known, now: Known | None) -> None:
        written[:] = [*(known for known in written if known.slug != post.slug), *([now] if now else [])]
        build()

    def _address(post: Known) -> str:
        same = sorted((p for p in written if p.at.date() == post.at.date()), key=lambda p: p.at)
        return f"{url}/{post.at:%Y-%m}.html#{post.at:%Y-%m-%d}-{same.index(post) + 1}"

    written.extend(posts[:-1])
    publish(posts[-1])
    serve_folder(output, port, processes)
    return Served("chalow", url, {_address(post): post for post in posts}, publish, rewrite)


def _write(file: Path, posts: Sequence[Known]) -> None:
    newest = sorted(posts, key=lambda post: post.at, reverse=True)
    lines = []
    for day, group in groupby(newest, key=lambda post: post.at.date()):
        lines.append(f"{day}  Admin  <admin@example.invalid>\n")
        for post in group:
            text = "\n\n".join(f"\t{part}" for part in post.paragraphs)
            lines.append(f"\t* {post.title}: [{post.category}]\n\n{text}\n")
    file.write_text("\n".join(lines) + "\n")
