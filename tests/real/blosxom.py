"""Blosxom from Debian: a CGI program in Perl over a folder of texts, each post below its day's heading."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, wait_for_port
from truth import Known, Served

_GATEWAY = Path(__file__).with_name("gateway.py")


def start_blosxom(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its built-in theme: permalinks are a day's page and a fragment; forty on the home page, and no pager.

    Standing pages it has none: whatever lies in its folder is a post.
    """
    install_debian("blosxom")
    data = folder / "data"
    shutil.copytree("/etc/blosxom", folder / "etc")
    (folder / "etc" / "blosxom.conf").write_text(
        f'package blosxom; $blog_title = "Kelurahan Contoh"; $blog_language = "id"; $datadir = "{data}";'
        f' $plugin_dir = "{folder}/etc/plugins"; $plugin_state_dir = "{folder}/state"; $url = ""; 1;\n'
    )
    (folder / "state").mkdir()
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(post: Known) -> str:
        text = data / post.category.lower() / f"{post.slug}.txt"
        text.parent.mkdir(parents=True, exist_ok=True)
        text.write_text(f"{post.title}\n" + "".join(f"<p>{part}</p>\n" for part in post.paragraphs))
        os.utime(text, (post.at.timestamp(), post.at.timestamp()))
        return f"{url}/{post.at:%Y/%m/%d}#{post.slug}"

    def rewrite(post: Known, now: Known | None) -> None:
        if now is None:
            (data / post.category.lower() / f"{post.slug}.txt").unlink()
        else:
            publish(now)

    addresses = {publish(post): post for post in posts}
    processes.start(
        [sys.executable, str(_GATEWAY), str(port), "/usr/lib/cgi-bin/blosxom"],
        folder=folder,
        log="server.log",
        environment={"BLOSXOM_CONFIG_DIR": str(folder / "etc"), "TZ": "Asia/Makassar"},
        clocked=True,
    )
    wait_for_port(port)
    return Served("blosxom", url, addresses, publish, rewrite)
