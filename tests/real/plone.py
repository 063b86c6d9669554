"""Plone from PyPI: news items in a folder whose collection shows twenty a page, `?b_start:int=20`."""

import json
from collections.abc import Sequence
from pathlib import Path
from subprocess import Popen

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "plone"
# The newest alpha of this one is chosen by other packages' wide ranges and does not fit the rest.
_PACKAGES = ("Plone", "plone.app.layout<7", "setuptools<80")


def start_plone(
    folder: Path, posts: Sequence[Known], processes: Processes, layout: str = "summary_view"
) -> Served:
    """The classic interface with Plone's starter content; its database is open to one process at a time.

    Args:
        layout: how the collection shows its items, `tabular_view` with the day of the last change alone.
    """
    programs = install_python("plone", *_PACKAGES)
    instance = folder / "instance"
    run([str(programs / "mkwsgiinstance"), "-d", str(instance), "-u", "admin:admin"], folder=folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}/kantor"
    settings = instance / "etc" / "zope.ini"
    settings.write_text(settings.read_text().replace("port = 8080", f"port = {port}"))
    servers: list[Popen[bytes]] = []
    start = [str(programs / "runwsgi"), str(settings)]

    def seed(news: Sequence[Known], standing: bool) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "body": p.body, "category": p.category, "at": p.at.isoformat()}
            for p in news
        ]
        pages = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING] if standing else []
        edited = news[0].cut
        how = {"language": "id" if edited else "en", "edited": edited, "layout": layout}
        (folder / "seed.json").write_text(json.dumps({"posts": rows, "standing": pages, **how}))
        console = [str(programs / "zconsole"), "run", str(instance / "etc" / "zope.conf")]
        environment = {"SEED": str(folder / "seed.json"), "TZ": "Asia/Makassar"}
        run([*console, str(_OURS / "seed_plone.py")], folder=folder, environment=environment)
        return {f"{url}/news/{post.slug}": post for post in news}

    def serve() -> None:
        server = processes.start(
            start, folder=folder, log="server.log", environment={"TZ": "Asia/Makassar"}, clocked=True
        )
        servers.append(server)
        wait_for_port(port)

    def publish(post: Known) -> str:
        processes.end(servers.pop())
        address = next(iter(seed([post], standing=False)))
        serve()
        return address

    addresses = seed(posts, standing=True)
    serve()
    name = "plone" if layout == "summary_view" else f"plone-{layout.removesuffix('_view')}"
    return Served(name, url, addresses, publish)
