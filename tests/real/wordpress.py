"""WordPress from Debian's packages on MariaDB, served by PHP's own server."""

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from machine import Processes, SetupError, free_port, install_debian, run, unpack_debian, wait_for_port
from truth import LATER, STANDING, Known, Served

_PACKAGES = (
    "wordpress",
    "wordpress-l10n",
    "mariadb-server",
    "php-cli",
    "php-mysql",
    "php-xml",
    "php-mbstring",
)
# What we add to the package: its settings, the seeding, and a webmaster's work; for `locked` a theme
# that knows neither <time> nor meta.
_OURS = Path(__file__).parent / "wordpress"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a webmaster has chosen of a WordPress.

    Attributes:
        release: another release of Debian that WordPress itself and the theme come from, or the theme alone.
        own_list: the slug of the page that lists the posts, where the front page is another.
        plugins: what a plugin of ours does, one file each.
    """

    theme: str = "twentytwentythree"
    release: str = ""
    core_release: str = ""
    language: str = "id_ID"
    permalinks: str = "/%year%/%monthnum%/%day%/%postname%/"
    own_list: str = ""
    plugins: tuple[str, ...] = ()


# `locked` has neither feeds, REST nor sitemap. `quiet` refuses feeds and REST, keeps its own sitemap, and
# has a static front page and its list of posts on a page that no menu names. `kinds` refuses REST, and
# keeps announcements as a kind of post of their own, which is in no feed and in no list of posts.
SETTINGS: Mapping[str, Setting] = {
    "": Setting(language=""),
    "locked": Setting(theme="kantor", plugins=("locked",)),
    "quiet": Setting(
        theme="twentytwentyone",
        permalinks="/berita/%postname%/",
        own_list="kabar-kota",
        plugins=("quiet",),
    ),
    "kinds": Setting(language="", plugins=("kinds",)),
    "2019": Setting(
        theme="twentynineteen",
        release="bullseye",
        permalinks="/%category%/%postname%/",
        plugins=("locked", "widgets"),
    ),
    "2020": Setting(
        theme="twentytwenty", release="bullseye", permalinks="/arsip/%post_id%", plugins=("excerpts",)
    ),
    "2022": Setting(theme="twentytwentytwo", permalinks="/%postname%/", plugins=("quiet",)),
    "2024": Setting(
        theme="twentytwentyfour", release="trixie", core_release="trixie", permalinks="", plugins=("quiet",)
    ),
    "2025": Setting(
        theme="twentytwentyfive",
        release="trixie",
        core_release="trixie",
        permalinks="/index.php/%year%/%monthnum%/%postname%/",
        plugins=("quiet",),
    ),
}


def start_wordpress(
    folder: Path, posts: Sequence[Known], processes: Processes, *, variant: str = ""
) -> Served:
    """Install WordPress with one of the settings, and seed it."""
    setting = SETTINGS[variant]
    site = folder / "site"
    _copy_program(setting, site)
    database = start_mariadb(folder, processes)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    values = {
        "socket": database,
        "url": url,
        "host": f"127.0.0.1:{port}",
        "theme": setting.theme,
        "language": setting.language,
        "permalinks": setting.permalinks,
        "list": setting.own_list,
    }
    for name in ("wp-config.php", "router.php", "seed.php"):
        _write_filled(_OURS / name, site / name, values)
    addresses = _seed(site, posts)
    command = ["env", "PHP_CLI_SERVER_WORKERS=2", "php", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    command.append(str(site / "router.php"))
    processes.start(command, folder=folder, log="server.log", clocked=True)
    wait_for_port(port)
    name = f"wordpress, {variant}" if variant else "wordpress"
    return Served(name, url, addresses, lambda post: next(iter(_seed(site, [post]))), partial(_rewrite, site))


def _rewrite(site: Path, post: Known, now: Known | None) -> None:
    """Put another text in a post's place, or delete it, as an editor does on a later night."""
    change = {"slug": post.slug, "title": now.title if now else None, "body": now.body if now else ""}
    _seed(site, [], [{**change, "at": f"{LATER[0]:%Y-%m-%d %H:%M:%S}"}])


def _copy_program(setting: Setting, site: Path) -> None:
    """WordPress, its theme, its languages and our plugins, in a folder of this run."""
    install_debian(*_PACKAGES)
    core = Path("/usr/share/wordpress")
    if setting.core_release:
        core = unpack_debian(setting.core_release, "wordpress", "wordpress-l10n") / core.relative_to("/")
    shutil.copytree(core, site, symlinks=False, ignore_dangling_symlinks=True)
    themes = site / "wp-content" / "themes"
    package = f"wordpress-theme-{setting.theme}"
    if setting.theme == "kantor":
        shutil.copytree(_OURS / "theme", themes / setting.theme)
    elif setting.release:
        root = unpack_debian(setting.release, package)
        kept = root / "usr/share/wordpress/wp-content/themes" / setting.theme
        shutil.copytree(kept, themes / setting.theme, dirs_exist_ok=True, ignore_dangling_symlinks=True)
    else:
        install_debian(package)
        kept = Path("/usr/share/wordpress/wp-content/themes") / setting.theme
        shutil.copytree(kept, themes / setting.theme, dirs_exist_ok=True, ignore_dangling_symlinks=True)
    for plugin in setting.plugins:
        (site / "wp-content" / "mu-plugins").mkdir(exist_ok=True)
        shutil.copy(_OURS / f"{plugin}.php", site / "wp-content" / "mu-plugins")


def _seed(
    site: Path, posts: Sequence[Known], changes: Sequence[Mapping[str, str | None]] = ()
) -> dict[str, Known]:
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
    stdin = json.dumps({"posts": rows, "standing": standing, "changes": list(changes)})
    printed = run(["php", "seed.php"], stdin=stdin, folder=site)
    by_slug = {post.slug: post for post in posts}
    return {address: by_slug[slug] for slug, address in json.loads(printed.strip().splitlines()[-1]).items()}


def _write_filled(template: Path, place: Path, values: Mapping[str, object]) -> None:
    text = template.read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    place.write_text(text)


def start_mariadb(folder: Path, processes: Processes) -> Path:
    """A server with an empty database for one user, `wp` of the password `wp`; returns its socket."""
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
