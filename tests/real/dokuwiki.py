"""DokuWiki from Debian without a blog plugin: a page a post, and one that lists them by hand."""

import os
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_debian, wait_for_port
from texts import say_day
from truth import STANDING, Known, Served

_FOLDERS = (
    "pages/berita",
    "attic",
    "media",
    "media_attic",
    "media_meta",
    "meta",
    "cache",
    "index",
    "locks",
    "tmp",
    "log",
)


def start_dokuwiki(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its pages tell when they were edited, days after; only the post's own words tell its moment."""
    install_debian("dokuwiki")
    site, data = folder / "site", folder / "data"
    shutil.copytree("/usr/share/dokuwiki", site, symlinks=False, ignore_dangling_symlinks=True)
    for name in _FOLDERS:
        (data / name).mkdir(parents=True)
    _configure(site, data)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    written: list[Known] = []

    def publish(post: Known) -> str:
        written.append(post)
        page = data / "pages" / "berita" / f"{post.slug}.txt"
        said = f"{say_day(post.at)} {post.at:%H:%M}"
        page.write_text(f"====== {post.title} ======\n\n//{said}//\n\n{post.body}\n")
        edited = (post.at + timedelta(days=3)).timestamp()
        os.utime(page, (edited, edited))
        newest = sorted(written, key=lambda known: known.at, reverse=True)
        lines = "".join(f"  * {p.at:%d/%m/%Y} [[berita:{p.slug}|{p.title}]]{_excerpt(p)}\n" for p in newest)
        (data / "pages" / "berita" / "start.txt").write_text(f"====== Berita ======\n\n{lines}")
        return f"{url}/doku.php?id=berita:{post.slug}"

    menu = "".join(f"  * [[{page.slug}|{page.title}]]\n" for page in STANDING)
    home = f"====== Kelurahan Contoh ======\n\nSelamat datang.\n\n{menu}  * [[berita:start|Berita]]\n"
    (data / "pages" / "start.txt").write_text(home)
    for page in STANDING:
        (data / "pages" / f"{page.slug}.txt").write_text(f"====== {page.title} ======\n\n{page.body}\n")
    addresses = {publish(post): post for post in posts}
    command = ["php", "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    processes.start(
        command,
        folder=folder,
        log="server.log",
        environment={"PHP_CLI_SERVER_WORKERS": "2"},
        clocked=True,
    )
    wait_for_port(port)
    return Served("dokuwiki", url, addresses, publish)


def _excerpt(post: Known) -> str:
    return f"\\\\ {post.paragraphs[0]} [[berita:{post.slug}|Selengkapnya]]" if post.cut else ""


def _configure(site: Path, data: Path) -> None:
    """Its own copy of the settings, none of the machine's."""
    settings = site / "conf"
    settings.mkdir(exist_ok=True)
    for file in Path("/etc/dokuwiki").glob("*"):
        if file.is_file():
            shutil.copy(file, settings)
    (site / "inc" / "preload.php").write_text(f"<?php define('DOKU_CONF', '{settings}/');\n")
    (settings / "local.php").write_text(
        f"<?php $conf['title'] = 'Kelurahan Contoh'; $conf['savedir'] = '{data}'; $conf['lang'] = 'id';"
        " $conf['useacl'] = 0; $conf['dformat'] = '%d %B %Y %H:%M'; $conf['updatecheck'] = 0;"
    )
