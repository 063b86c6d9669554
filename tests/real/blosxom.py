"""Blosxom from Debian, a CGI of 2003: days head the posts, clocks stand below them, addresses are files."""

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, wait_for_port
from truth import Known, Served

_ENTRIES = 12


def start_blosxom(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; the date of an entry is its file's time, and older ones stand below `/2026/03/`."""
    install_debian("blosxom", "php-cli")
    site, data = folder / "site", folder / "data"
    site.mkdir()
    port = free_port()
    _write_program(site, data, f"http://127.0.0.1:{port}")

    def publish(post: Known) -> str:
        place = data / post.category.lower() / f"{post.slug}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"<p>{part}</p>\n" for part in post.paragraphs)
        place.write_text(f"{post.title}\n{text}")
        os.utime(place, (post.at.timestamp(), post.at.timestamp()))
        return f"http://127.0.0.1:{port}/{post.category.lower()}/{post.slug}.html"

    addresses = {publish(post): post for post in posts}
    command = ["php", "-S", f"127.0.0.1:{port}", str(site / "router.php")]
    environment = {"TZ": "Asia/Makassar", "BLOSXOM_CONFIG_DIR": str(site)}
    processes.start(command, folder=site, log="server.log", environment=environment, clocked=True)
    wait_for_port(port)
    return Served("blosxom", f"http://127.0.0.1:{port}", addresses, publish)


def _write_program(site: Path, data: Path, url: str) -> None:
    shutil.copy("/usr/lib/cgi-bin/blosxom", site / "blosxom.cgi")
    settings = f'$datadir = "{data}"; $url = "{url}"; $num_entries = {_ENTRIES}; $plugin_dir = "";\n1;\n'
    (site / "blosxom.conf").write_text(settings)
    shutil.copy(Path(__file__).parent / "blosxom" / "router.php", site / "router.php")
    text = (site / "blosxom.cgi").read_text()
    # Debian's own settings are read from a fixed place behind ours.
    (site / "blosxom.cgi").write_text(re.sub(r"/etc/blosxom/blosxom\.conf", str(site / "blosxom.conf"), text))
