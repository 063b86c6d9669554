"""What every small Django project shares: its settings, one seed script a blog, and a server of its own."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, run, wait_for_port
from truth import STANDING, Known, Served

__all__ = ["start_django"]

_HERE = Path(__file__).parent


def start_django(
    name: str, programs: Path, folder: Path, posts: Sequence[Known], processes: Processes
) -> Served:
    """Serve the blog whose settings, addresses and seed script lie in the folder of its name.

    Args:
        programs: the folder of programs of the environment that it was installed into.
    """
    (folder / "templates" / "flatpages").mkdir(parents=True)
    for source in (*(_HERE / "django").iterdir(), *(_HERE / name).iterdir()):
        (folder / _place(source.name)).write_text(source.read_text())
    settings = {"DJANGO_SETTINGS_MODULE": f"{name}_settings", "PYTHONPATH": str(folder)}
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    manage = [str(programs / "python"), "-m", "django"]
    run([*manage, "migrate", "--run-syncdb", "-v", "0"], folder=folder, environment=settings)

    def publish(*news: Known, changes: Sequence[dict[str, str | None]] = ()) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "parts": p.paragraphs, "category": p.category}
            | {"at": p.at.isoformat(), "sticky": p.sticky}
            for p in news
        ]
        standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"port": port, "posts": rows, "standing": standing, "changes": changes})
        seed = [str(programs / "python"), f"seed_{name}.py"]
        printed = run(seed, stdin=stdin, folder=folder, environment=settings)
        paths = json.loads(printed.strip().splitlines()[-1])
        return {url + paths[post.slug]: post for post in news}

    addresses = publish(*posts)
    command = [str(programs / "waitress-serve"), f"--listen=127.0.0.1:{port}", "--threads=2"]
    command += ["--call", "django.core.wsgi:get_wsgi_application"]
    processes.start(command, folder=folder, log="server.log", environment=settings, clocked=True)
    wait_for_port(port)

    def rewrite(post: Known, now: Known | None) -> None:
        publish(changes=[{"slug": post.slug, "title": now.title if now else None}])

    return Served(name, url, addresses, lambda post: next(iter(publish(post))), rewrite)


def _place(name: str) -> Path:
    if name == "default.html":
        return Path("templates", "flatpages", name)
    return Path("templates", name) if name.endswith(".html") else Path(name)
