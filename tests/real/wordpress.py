"""WordPress from Debian's packages on MariaDB, served by PHP's own server."""

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from machine import Processes, SetupError, free_port, install_debian, run, wait_for_port
from truth import STANDING, Known, Served

_PACKAGES = (
    "wordpress",
    "wordpress-l10n",
    "wordpress-theme-twentytwentythree",
    "mariadb-server",
    "php-cli",
    "php-mysql",
    "php-xml",
    "php-mbstring",
)
# What we add to the package: its settings, the seeding, and a webmaster's work; for `locked` a theme
# that knows neither <time> nor meta.
_OURS = Path(__file__).parent / "wordpress"


class Variant(StrEnum):
    """What a webmaster has done to a WordPress; but for the first, a plugin of ours does it.

    `locked` has neither feeds, REST nor sitemap. `quiet` refuses feeds and REST, keeps its own sitemap, and
    has a static front page and its list of posts on a page that no menu names. `kinds` refuses REST, and
    keeps announcements as a kind of post of their own, which is in no feed and in no list of posts.
    """

    WHOLE = ""
    LOCKED = "locked"
    QUIET = "quiet"
    KINDS = "kinds"


def start_wordpress(
    folder: Path, posts: Sequence[Known], processes: Processes, *, variant: Variant = Variant.WHOLE
) -> Served:
    """Install WordPress as one of its variants, and seed it."""
    quiet = variant is Variant.QUIET
    install_debian(*_PACKAGES)
    site = folder / "site"
    shutil.copytree("/usr/share/wordpress", site, symlinks=False, ignore_dangling_symlinks=True)
    database = _start_mariadb(folder, processes)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    theme, language = ("kantor", "id_ID") if variant is Variant.LOCKED else ("twentytwentythree", "")
    if quiet:
        install_debian("wordpress-theme-twentytwentyone")
        theme, language = "twentytwentyone", "id_ID"
    values = {
        "socket": database,
        "url": url,
        "host": f"127.0.0.1:{port}",
        "theme": theme,
        "language": language,
        "permalinks": "/berita/%postname%/" if quiet else "/%year%/%monthnum%/%day%/%postname%/",
        "list": "kabar-kota" if quiet else "",
    }
    for name in ("wp-config.php", "router.php", "seed.php"):
        _write_filled(_OURS / name, site / name, values)
    if variant is Variant.LOCKED:
        shutil.copytree(_OURS / "theme", site / "wp-content" / "themes" / theme)
    if variant:
        (site / "wp-content" / "mu-plugins").mkdir(exist_ok=True)
        shutil.copy(_OURS / f"{variant}.php", site / "wp-content" / "mu-plugins")
    addresses = _seed(site, posts)
    command = ["env", "PHP_CLI_SERVER_WORKERS=2", "php", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    command.append(str(site / "router.php"))
    processes.start(command, folder=folder, log="server.log", clocked=True)
    wait_for_port(port)
    name = f"wordpress, {variant}" if variant else "wordpress"
    return Served(name, url, addresses, lambda post: next(iter(_seed(site, [post]))))


def _seed(site: Path, posts: Sequence[Known]) -> dict[str, Known]:
    """Install where nothing is yet, publish, and return the addresses that WordPress gave."""
    rows = [
        {
            "slug": p.slug,
            "title": p.title,
            "body": p.body,
            "category": p.category,
            "at": f"{p.at:%Y-%m-%d %H:%M:%S}",
            "sticky": p.sticky,
        }
        for p in posts
    ]
    standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
    stdin = json.dumps({"posts": rows, "standing": standing})
    printed = run(["php", "seed.php"], stdin=stdin, folder=site)
    by_slug = {post.slug: post for post in posts}
    return {address: by_slug[slug] for slug, address in json.loads(printed.strip().splitlines()[-1]).items()}


def _write_filled(template: Path, place: Path, values: Mapping[str, object]) -> None:
    text = template.read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    place.write_text(text)


def _start_mariadb(folder: Path, processes: Processes) -> Path:
    data, socket = folder / "data", folder / "db.sock"
    install = [
        "mariadb-install-db",
        "--no-defaults",
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
    ]
    run([*install, "--user=root", "--skip-test-db"])
    server = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--user=root"]
    processes.start([*server, "--skip-networking"], folder=folder, log="db.log")
    client = [
        "mariadb",
        "--no-defaults",
        f"--socket={socket}",
        "--user=root",
        "--wait",
        "--connect-timeout=30",
    ]
    statements = (
        "CREATE DATABASE wordpress CHARACTER SET utf8mb4; CREATE USER wp@localhost IDENTIFIED BY 'wp'; "
        "GRANT ALL ON wordpress.* TO wp@localhost;"
    )
    _wait_for_file(socket)
    run([*client, "-e", statements])
    return socket


def _wait_for_file(path: Path) -> None:
    for _ in range(300):
        if path.exists():
            return
        time.sleep(0.1)
    raise SetupError(f"{path.name} was not made; see db.log beside it.")
