"""Redmine from Debian on SQLite: an office's news, forum or documents in a tracker, with ages in words."""

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run, wait_for_port
from truth import STANDING, Known, Served

_SEED = Path(__file__).parent / "redmine" / "seed.rb"


def start_redmine(folder: Path, posts: Sequence[Known], processes: Processes, part: str = "news") -> Served:
    """In Indonesian, as its defaults are; the home page shows five, the news ten a page.

    Args:
        part: where the posts are kept: `news`, `boards`, the tables of a forum, or `documents`, whose own
            pages show the day of UTC.
    """
    install_debian("redmine", "redmine-sqlite", "ruby-webrick")
    site = folder / "site"
    shutil.copytree("/usr/share/redmine", site, symlinks=True)
    (site / "instances").unlink(missing_ok=True)
    (site / "Gemfile.local").write_text('gem "webrick"\n')
    (site / "Gemfile.lock").unlink()
    own = site / "instances" / "default"
    for name in ("config", "files", "log", "tmp", "public"):
        (own / name).mkdir(parents=True)
    (own / "config" / "database.yml").write_text(
        f"production:\n  adapter: sqlite3\n  database: {own}/redmine.db\n  encoding: utf8\n  timeout: 20000\n"
    )
    (own / "config" / "secret_key.txt").write_text(secrets.token_hex(32))
    settings = {
        "RAILS_ENV": "production",
        "REDMINE_INSTANCE": "default",
        "RUBYOPT": "-W0",
        "TZ": "Asia/Makassar",
    }
    run(["bundle", "exec", "rake", "db:migrate"], folder=site, environment=settings)
    port = free_port()

    def publish_all(
        given: Sequence[Known], changes: Sequence[dict[str, str | None]] = ()
    ) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "body": p.body, "at": p.at.isoformat(), "cut": p.cut}
            | {"sticky": p.sticky}
            for p in given
        ]
        standing = [{"title": p.title, "body": p.body} for p in STANDING]
        given_all = {"posts": rows, "standing": standing, "changes": changes}
        seed = json.dumps({"host": f"127.0.0.1:{port}", "part": part, **given_all})
        command = ["ruby", "bin/rails", "runner", str(_SEED)]
        printed = run(command, stdin=seed, folder=site, environment=settings)
        by_slug = {post.slug: post for post in given}
        addresses = json.loads(printed.strip().splitlines()[-1])
        return {f"http://127.0.0.1:{port}{place}": by_slug[slug] for slug, place in addresses.items()}

    addresses = publish_all(posts)
    command = ["ruby", "bin/rails", "server", "-u", "webrick", "-b", "127.0.0.1", "-p", str(port)]
    processes.start(
        command,
        folder=folder / "site",
        log="server.log",
        environment={**os.environ, **settings},
        clocked=True,
    )
    wait_for_port(port, seconds=300)

    def rewrite(post: Known, now: Known | None) -> None:
        address = next(address for address, known in addresses.items() if known == post)
        publish_all([], [{"address": address, "title": now.title if now else None}])

    url = f"http://127.0.0.1:{port}"
    name = "redmine" if part == "news" else f"redmine-{part}"
    return Served(name, url, addresses, lambda post: next(iter(publish_all([post]))), rewrite)
