"""ikiwiki from Debian as a blog: "Posted" dates the posts, "Last edited" every page, all in `<time>`."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, serve_generated
from truth import Known, Served, Standing


def start_ikiwiki(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The home page lists ten posts in full, `/arsip/` all of them with their days."""
    install_debian("ikiwiki")
    source, output = folder / "source", folder / "output"
    (source / "berita").mkdir(parents=True)
    (source / "index.mdwn").write_text(
        '[[!inline pages="berita/*" show=10 feedshow=10]]\n\n[[Arsip]] [[Profil]]\n'
    )
    (source / "arsip.mdwn").write_text('[[!inline pages="berita/*" archive=yes show=0 feeds=no]]\n')
    port = free_port()

    def write_post(post: Known) -> None:
        head = f'[[!meta title="{post.title}"]]\n[[!meta date="{post.at:%Y-%m-%d %H:%M:%S %z}"]]\n'
        text = post.body
        if post.cut:
            lead, rest = text.split("\n\n", 1)
            text = f'{lead}\n\n[[!more linktext="Continue reading {post.title}" text="""\n{rest}\n"""]]'
        place = source / "berita" / f"{post.slug}.mdwn"
        place.write_text(f"{head}\n{text}\n\n[[!tag warga]]\n")
        edited = (post.at + timedelta(days=3)).timestamp()
        os.utime(place, (edited, edited))

    def write_page(page: Standing) -> None:
        (source / f"{page.slug}.mdwn").write_text(f'[[!meta title="{page.title}"]]\n\n{page.body}\n')

    def build() -> None:
        command = ["ikiwiki", str(source), str(output), "--rebuild", "--plugin=goodstuff", "--rss", "--atom"]
        where = {"LC_ALL": "C.UTF-8", "TZ": "Asia/Makassar"}
        run(
            [*command, f"--url=http://127.0.0.1:{port}", "--set=timezone=Asia/Makassar"],
            folder=folder,
            environment=where,
        )

    generator = Generator(
        "ikiwiki", output, write_post, write_page, build, lambda post: f"/berita/{post.slug}/"
    )
    return serve_generated(generator, port, posts, processes)
