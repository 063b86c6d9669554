"""SPIP from Debian's next release on SQLite: sections, ten articles a page by anchors, feeds of excerpts."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from machine import Processes, free_port, install_debian, run, unpack_debian, wait_for_port
from truth import LATER, STANDING, Known, Served

_OURS = Path(__file__).parent / "spip"
_PACKAGES = (
    "spip",
    "php-algo26-idna-convert",
    "php-jakeasmith-http-build-url",
    "php-psr-container",
    "php-symfony-dependency-injection",
    "php-symfony-deprecation-contracts",
    "php-symfony-filesystem",
    "php-symfony-service-contracts",
    "php-symfony-var-exporter",
)


def start_spip(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its skeleton as it comes, in Indonesian."""
    install_debian("php-cli", "php-sqlite3", "php-xml", "php-mbstring")
    site = _copy_program(folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (site / "seed.php").write_text((_OURS / "seed.php").read_text().replace("@url@", url))
    command = ["php", "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    # While it is installed it asks itself for pages that must be forbidden.
    workers = {"PHP_CLI_SERVER_WORKERS": "3"}
    processes.start(command, folder=folder, log="server.log", environment=workers, clocked=True)
    wait_for_port(port)
    _install(url)

    def publish_all(
        given: Sequence[Known], changes: Sequence[dict[str, str | None]] = ()
    ) -> dict[str, Known]:
        rows = [
            {
                "slug": p.slug,
                "title": p.title,
                "lead": p.paragraphs[0] if p.cut else "",
                "body": "\n\n".join(p.paragraphs[1:]) if p.cut else p.body,
                "category": p.category,
                "at": f"{p.at:%Y-%m-%d %H:%M:%S}",
            }
            for p in given
        ]
        standing = [{"title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"posts": rows, "standing": standing, "changes": changes})
        printed = run(["php", "seed.php"], stdin=stdin, folder=site)
        by_slug = {post.slug: post for post in given}
        addresses = json.loads(printed.strip().splitlines()[-1])
        return {address: by_slug[slug] for slug, address in addresses.items()}

    addresses = publish_all(posts)

    def rewrite(post: Known, now: Known | None) -> None:
        address = next(address for address, known in addresses.items() if known == post)
        at = f"{LATER[0]:%Y-%m-%d %H:%M:%S}"
        publish_all([], [{"address": address, "title": now.title if now else None, "at": at}])

    return Served("spip", url, addresses, lambda post: next(iter(publish_all([post]))), rewrite)


def _copy_program(folder: Path) -> Path:
    """The program and what it needs; it names both by where Debian installs them."""
    shared = unpack_debian("trixie", *_PACKAGES) / "usr/share"
    site = folder / "spip"
    for name in ("spip", "php"):
        shutil.copytree(shared / name, folder / name, symlinks=False, ignore_dangling_symlinks=True)
    for name in ("IMG", "local", "plugins", "themes", "sites", "tmp"):
        (site / name).mkdir()
    for source in [site / "vendor/autoload.php", *(folder / "php").rglob("*.php")]:
        text = source.read_text(errors="surrogateescape")
        if "/usr/share/" in text:
            moved = text.replace("/usr/share/php", f"{folder}/php").replace("/usr/share/spip", str(site))
            source.write_text(moved, errors="surrogateescape")
    # It writes `Http/1.0  404`, which other servers put right and PHP's own sends as it is: no HTTP.
    missing = site / "squelettes-dist" / "404.html"
    _, _, rest = missing.read_text().partition("\n")
    missing.write_text(f"<?php http_response_code(404); ?>\n{rest}")
    shutil.copy(_OURS / "mes_options.php", site / "config")
    return site


def _install(url: str) -> None:
    """Go through the pages of its installation, as a person would."""
    database = {"server_db": "sqlite3", "choix_db": "new_spip", "table_new": "spip", "tprefix": "spip"}
    author = {
        "nom": "Admin",
        "email": "a@example.invalid",
        "login": "admin",
        "pass": "rahasia123",
        "pass_verif": "rahasia123",
    }
    steps = (
        {"etape": "3", "chmod": "511", **database},
        {"etape": "3b", "server_db": "sqlite3", "sel_db": "spip", **author},
        {"etape": "4"},
        {"etape": "fin"},
    )
    for step in steps:
        with urlopen(f"{url}/ecrire/?exec=install", data=urlencode(step).encode(), timeout=120) as answer:
            answer.read()
