"""MediaWiki from Debian on SQLite, in Indonesian: a page a post, and a page that lists them by hand."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from machine import Processes, free_port, install_debian, run, wait_for_port
from texts import say_day
from truth import LATER, STANDING, Known, Served

_NEWS, _HOME = "Berita", "Beranda"
# What the wiki calls its home page, and its menu.
_FRAME = {
    "MediaWiki:Mainpage": _HOME,
    "MediaWiki:Sidebar": f"* navigation\n** mainpage|mainpage-description\n** {_NEWS}|{_NEWS}\n* SEARCH",
}
_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) { return false; }
require __DIR__ . '/index.php';
"""
_SETTINGS = """
$wgLanguageCode = 'id'; $wgLocaltimezone = 'Asia/Makassar'; $wgJobRunRate = 0; $wgEnableUploads = false;
$wgScriptPath = ''; $wgMainCacheType = CACHE_NONE; $wgMessageCacheType = CACHE_NONE;
"""


def start_mediawiki(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its only feed is of edits; every post is edited days after, and its page says when that was."""
    install_debian("mediawiki", "php-sqlite3", "php-intl", "php-mbstring", "php-xml")
    site = folder / "site"
    shutil.copytree("/usr/share/mediawiki", site, symlinks=False, ignore_dangling_symlinks=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    install = ["php", "maintenance/install.php", "--dbtype=sqlite", f"--dbpath={folder}", "--dbname=wiki"]
    install += ["--scriptpath=", f"--server={url}", "--lang=id", "--pass=rahasia-kantor-1", "--skins=Vector"]
    run([*install, "Kelurahan Contoh", "Admin"], folder=site)
    settings = site / "LocalSettings.php"
    settings.write_text(settings.read_text() + _SETTINGS)
    (site / "router.php").write_text(_ROUTER)
    written: list[Known] = []

    def publish_all(given: Sequence[Known]) -> dict[str, Known]:
        written.extend(given)
        texts = {post: f"''{say_day(post.at)} {post.at:%H.%M}''\n\n{post.body}" for post in given}
        _import(site, folder / "first", {p.title: (p.at, text) for p, text in texts.items()})
        later = {
            p.title: (p.at + timedelta(days=3), f"{text}\n\n[[Kategori:{p.category}]]\n")
            for p, text in texts.items()
        }
        _import(site, folder / "later", later)
        write_lists()
        return {f"{url}/index.php/{post.title.replace(' ', '_')}": post for post in given}

    def write_lists(at: datetime | None = None) -> None:
        newest = sorted(written, key=lambda known: known.at, reverse=True)
        lines = [f"* {say_day(p.at)}: [[{p.title}]]" for p in newest]
        menu = "\n".join(f"* [[{page.title}]]" for page in STANDING)
        home = (
            f"Selamat datang.\n{menu}\n== Berita terbaru ==\n"
            + "\n".join(lines[:5])
            + f"\n[[{_NEWS}|Semua berita]]\n"
        )
        changed = at or newest[0].at
        _import(site, folder / "lists", {_NEWS: (changed, "\n".join(lines)), _HOME: (changed, home)})

    def rewrite(post: Known, now: Known | None) -> None:
        """Its pages have their titles for addresses; only the text changes."""
        if now is None:
            written.remove(post)
            (folder / "gone.txt").write_text(post.title)
            run(["php", "maintenance/deleteBatch.php", "-u", "Admin", str(folder / "gone.txt")], folder=site)
            write_lists(LATER[0])
        else:
            texts = {post.title: (LATER[0], f"''{say_day(post.at)} {post.at:%H.%M}''\n\n{now.body}\n")}
            _import(site, folder / "later", texts)

    founded = min(post.at for post in posts) - timedelta(days=100)
    _import(site, folder / "standing", {page.title: (founded, page.body) for page in STANDING})
    _import(site, folder / "frame", {title: (founded, text) for title, text in _FRAME.items()})
    addresses = publish_all(posts)
    command = [
        "php",
        "-d",
        "display_errors=0",
        "-S",
        f"127.0.0.1:{port}",
        "-t",
        str(site),
        str(site / "router.php"),
    ]
    processes.start(
        command, folder=folder, log="server.log", environment={"PHP_CLI_SERVER_WORKERS": "2"}, clocked=True
    )
    wait_for_port(port)
    return Served("mediawiki", url, addresses, lambda post: next(iter(publish_all([post]))), rewrite)


def _import(site: Path, folder: Path, pages: dict[str, tuple[datetime, str]]) -> None:
    """Write pages as edits of their moments, by the wiki's own tool for text files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for title, (at, text) in pages.items():
        file = folder / f"{title.replace('/', '%2F')}.txt"
        file.write_text(text)
        os.utime(file, (at.timestamp(), at.timestamp()))
    command = [
        "php",
        "maintenance/importTextFiles.php",
        "--user=Admin",
        "--overwrite",
        "--use-timestamp",
        "--rc",
    ]
    run([*command, *map(str, sorted(folder.iterdir()))], folder=site)
