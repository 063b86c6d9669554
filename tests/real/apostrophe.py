"""ApostropheCMS from npm with its blog: `Released On June 26, 2026` above each title, no feed, no map."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, install_node, run, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "apostrophe"
# Where a page of ours stands in a project.
_VIEWS = {
    "outerLayout.html": "modules/@apostrophecms/template/views",
    "home.html": "modules/@apostrophecms/home-page/views",
    "page.html": "modules/default-page/views",
    "show.html": "modules/@apostrophecms/blog-page/views",
}


def start_apostrophe(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """On PostgreSQL; its own list of ten a page below filters by year, month and day; our page of a post."""
    installed = install_node("apostrophe", "apostrophe", "@apostrophecms/blog")
    site = folder / "site"
    for name, place in _VIEWS.items():
        (site / place).mkdir(parents=True, exist_ok=True)
        page = {"home.html": "page.html"}.get(name, name)
        shutil.copy(_OURS / name, site / place / page)
    (site / "modules" / "seeding").mkdir()
    shutil.copy(_OURS / "seeding.js", site / "modules" / "seeding" / "index.js")
    shutil.copy(_OURS / "app.js", site / "app.js")
    shutil.copy(installed / "package.json", site / "package.json")
    (site / "node_modules").symlink_to(installed / "node_modules")
    port = free_port()
    settings = {"PORT": str(port), "APOS_DB_URI": start_postgres(folder, processes), "TZ": "Asia/Makassar"}
    settings |= {"NODE_ENV": "production", "APOS_RELEASE_ID": "1"}

    def publish(*news: Known) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "parts": p.paragraphs, "day": f"{p.at:%Y-%m-%d}"} for p in news
        ]
        standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"posts": rows, "standing": standing})
        run(["node", "app.js", "seeding:publish"], stdin=stdin, folder=site, environment=settings)
        return {f"http://127.0.0.1:{port}/berita/{post.slug}": post for post in news}

    addresses = publish(*posts)
    processes.start(["node", "app.js"], folder=site, log="server.log", environment=settings, clocked=True)
    wait_for_port(port, seconds=300)
    return Served("apostrophe", f"http://127.0.0.1:{port}", addresses, lambda post: next(iter(publish(post))))


def start_postgres(folder: Path, processes: Processes) -> str:
    """A server of its own, which refuses to run as root; the address of its database."""
    install_debian("postgresql")
    programs = max(Path("/usr/lib/postgresql").iterdir()) / "bin"
    data, port = folder / "data", free_port()
    data.mkdir()
    shutil.chown(data, "postgres")
    for above in (folder, *folder.parents):
        if above == Path("/tmp") or above == Path("/dev/shm"):
            break
        above.chmod(0o755)
    become = ["runuser", "-u", "postgres", "--"]
    run([*become, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--no-sync"])
    server = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
    processes.start([*become, *server, "-k", "", "-c", "fsync=off"], folder=folder, log="db.log")
    wait_for_port(port)
    return f"postgres://postgres@127.0.0.1:{port}/kantor"
