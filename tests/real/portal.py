"""A portal of the kind offices have written for them: one PHP file, `?page=berita&id=12`, and no feed.

Its clock, visitors' counter, agenda and most-read list are what mislead readers of such pages.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "portal"


def start_portal(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Serve the portal; ids are given in the order of publication, as a webmaster would enter them."""
    install_debian("php-cli", "php-mbstring")
    site = folder / "site"
    shutil.copytree(_OURS, site)
    rows: list[dict[str, object]] = []
    addresses: dict[str, Known] = {}
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(post: Known) -> str:
        section = "pengumuman" if post.category == "Pengumuman" else "berita"
        rows.append(
            {
                "id": max((int(str(row["id"])) for row in rows), default=2) + 1,
                "section": section,
                "title": post.title,
                "paragraphs": post.paragraphs,
                "at": int(post.at.timestamp()),
                "sticky": post.sticky,
            }
        )
        _write(site, rows)
        return f"{url}/index.php?page={section}&id={rows[-1]['id']}"

    def rewrite(post: Known, now: Known | None) -> None:
        row = next(row for row in rows if row["title"] == post.title)
        if now is None:
            rows.remove(row)
        else:
            row |= {"title": now.title, "paragraphs": now.paragraphs}
        _write(site, rows)

    for post in sorted(posts, key=lambda post: post.at):
        addresses[publish(post)] = post
    command = ["php", "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    processes.start(
        command,
        folder=folder,
        log="server.log",
        environment={"PHP_CLI_SERVER_WORKERS": "2"},
        clocked=True,
    )
    wait_for_port(port)
    return Served("portal", url, addresses, publish, rewrite)


def _write(site: Path, rows: Sequence[dict[str, object]]) -> None:
    standing = {page.slug: {"title": page.title, "body": page.body} for page in STANDING}
    place = site / "data.json.new"
    place.write_text(json.dumps({"posts": rows, "standing": standing}))
    place.replace(site / "data.json")
