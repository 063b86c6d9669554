"""tDiary from Debian: a diary in Ruby, each post a section of its day, ten days a page."""

import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from urllib.request import urlopen

from machine import Processes, free_port, install_debian, wait_for_port
from truth import Known, Served

_GATEWAY = Path(__file__).with_name("gateway.py")
_PROGRAM = Path("/usr/share/tdiary")


def start_tdiary(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Serve its English sample's settings: no feed, a calendar of months, an anchor a post.

    Standing pages it has none.
    """
    install_debian("tdiary")
    site, data = folder / "site", folder / "data"
    site.mkdir()
    data.mkdir()
    for name in ("index.rb", "theme", "js"):
        (site / name).symlink_to(_PROGRAM / name)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    sample = (_PROGRAM / "tdiary.conf.sample-en").read_text()
    own = f"@data_path = '{data}/'\n@base_url = '{url}/'\n@html_title = 'Kelurahan Contoh'\n"
    # Its last line loads what the page of settings keeps in that folder.
    settings = sample.replace("load_cgi_conf", f"{own}@author_name = 'Humas'\nload_cgi_conf")
    (site / "tdiary.conf").write_text(settings)
    written = list(posts)

    def publish(post: Known) -> str:
        written.append(post)
        _write(data, written)
        return _address(post)

    def rewrite(post: Known, now: Known | None) -> None:
        written[:] = [*(known for known in written if known.slug != post.slug), *([now] if now else [])]
        _write(data, written)

    def _address(post: Known) -> str:
        same = sorted((p for p in written if p.at.date() == post.at.date()), key=lambda p: p.at)
        return f"{url}/?date={post.at:%Y%m%d}#p{same.index(post) + 1:02}"

    _write(data, written)
    processes.start(
        [sys.executable, str(_GATEWAY), str(port), "ruby", str(site / "index.rb")],
        folder=site,
        log="server.log",
        environment={"TZ": "Asia/Makassar", "LANG": "C.UTF-8"},
        clocked=True,
    )
    wait_for_port(port)
    # The first request only has it make its folders.
    with urlopen(url, timeout=60) as answer:
        answer.read()
    return Served("tdiary", url, {_address(post): post for post in posts}, publish, rewrite)


def _write(data: Path, posts: Sequence[Known]) -> None:
    """Write a file a month, as its own storage does."""
    for month, held in groupby(sorted(posts, key=lambda post: post.at), key=lambda post: f"{post.at:%Y%m}"):
        days = []
        for day, group in groupby(held, key=lambda post: post.at.date()):
            sections = list(group)
            changed = round(sections[-1].at.timestamp())
            head = f"Date: {day:%Y%m%d}\nTitle: \nLast-Modified: {changed}\nVisible: true\nFormat: tDiary\n"
            text = "\n".join("\n".join((post.title, *post.paragraphs, "")) for post in sections)
            days.append(f"{head}\n{text}\n.\n")
        place = data / month[:4] / f"{month}.td2"
        place.parent.mkdir(exist_ok=True)
        place.write_text("TDIARY2.01.00\n" + "".join(days))
    shutil.rmtree(data / "cache", ignore_errors=True)
