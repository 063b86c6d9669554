"""Odoo from Debian's unstable on PostgreSQL, with its website and blog: excerpts that are links, no feed."""

import json
import os
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from apostrophe import start_postgres
from machine import Processes, free_port, install_python, run, unpack_debian, wait_for_port
from truth import STANDING, Known, Served

_SEED = Path(__file__).parent / "odoo" / "seed_odoo.py"
_PACKAGES = (
    *("asn1crypto", "babel", "cbor2", "chardet", "cryptography", "python-dateutil", "docutils", "freezegun"),
    *("geoip2", "gevent", "greenlet", "idna", "jinja2", "libsass", "lxml", "lxml-html-clean", "markupsafe"),
    *("num2words", "ofxparse", "openpyxl", "passlib", "pillow", "polib", "psutil", "psycopg2-binary"),
    *("pyopenssl", "pypdf<6", "pyserial", "python-magic", "python-stdnum", "pytz", "pyusb", "qrcode"),
    *("reportlab<4.2", "requests", "rjsmin", "rl-renderpm", "urllib3", "vobject", "werkzeug<3.1", "xlrd"),
    *("xlsxwriter", "xlwt", "zeep"),
)


def start_odoo(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """In Indonesian, readers' clock set to the office's; twelve a page, days as `26 Jun 2026`."""
    root = unpack_debian("sid", "odoo-19")
    _fill(root / "usr/lib/python3/dist-packages/odoo/addons")
    packages = root / "usr/lib/python3/dist-packages"
    programs = install_python("odoo", *_PACKAGES)
    database = start_postgres(folder, processes)
    client = ["psql", "-q", f"{database.removesuffix('/kantor')}/postgres", "-c"]
    run([*client, "CREATE ROLE odoo LOGIN SUPERUSER"])
    port = free_port()
    settings = {"PYTHONPATH": str(packages), "HOME": str(folder), "SEED": str(folder / "seed.json")}
    program = [str(programs / "python"), str(root / "usr/bin/odoo")]
    where = ["-d", "kantor", "--db_host", "127.0.0.1", "--db_port", database.split(":")[2].split("/")[0]]
    where += ["-r", "odoo", "-w", "odoo", "--data-dir", str(folder / "files"), "--log-level", "warn"]
    where += ["--addons-path", str(packages / "odoo" / "addons"), "--max-cron-threads", "0"]
    parts = ["-i", "website_blog", "--load-language", "id_ID", "--without-demo", "true"]
    run([*program, *where, *parts, "--stop-after-init", "--no-http"], folder=folder, environment=settings)

    def publish(*news: Known) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "parts": p.paragraphs}
            | {"utc": f"{p.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"}
            for p in news
        ]
        standing = [{"title": page.title} for page in STANDING]
        (folder / "seed.json").write_text(json.dumps({"posts": rows, "standing": standing}))
        shell = [*program, "shell", *where, "--no-http"]
        run(shell, stdin=_SEED.read_text(), folder=folder, environment=settings)
        paths = json.loads((folder / "seed.out").read_text())
        return {f"http://127.0.0.1:{port}{paths[post.slug]}": post for post in news}

    addresses = publish(*posts)
    # By itself it would sleep by a clock that the pretended one disturbs; its workers wait for each other.
    serve = [*program, *where, "--http-interface", "127.0.0.1", "-p", str(port), "--workers", "2"]
    serve += ["--gevent-port", str(free_port())]
    processes.start(serve, folder=folder, log="server.log", environment=settings, clocked=True)
    wait_for_port(port, seconds=300)
    return Served("odoo", f"http://127.0.0.1:{port}", addresses, lambda post: next(iter(publish(post))))


def _fill(addons: Path) -> None:
    """Put empty files where links lead to libraries and fonts of other packages, which no crawl asks for."""
    for at, _, names in os.walk(addons):
        for name in names:
            place = Path(at, name)
            if place.is_symlink() and not place.exists():
                place.unlink()
                place.touch()
