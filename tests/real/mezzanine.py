"""Mezzanine from PyPI: its lists and articles tell only how long ago; its feed has the newest exactly."""

import json
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_OURS = Path(__file__).parent / "mezzanine"
_SETTINGS = """
SECRET_KEY = NEVERCACHE_KEY = "kantor"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
TIME_ZONE = "Asia/Makassar"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "kantor.db"}}
"""
# With it the ages read "2 bulan, 1 minggu lalu".
_INDONESIAN = 'USE_I18N = True\nLANGUAGE_CODE = "id"\nLANGUAGES = (("id", "Bahasa Indonesia"),)\n'


def start_mezzanine(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The project that `mezzanine-project` makes, with the blog under `/blog/`."""
    programs = install_python("mezzanine", "mezzanine", "waitress", "setuptools<80")
    python = str(programs / "python")
    run([str(programs / "mezzanine-project"), "kantor", str(folder)], folder=folder)
    (folder / "kantor" / "local_settings.py").write_text(_SETTINGS + (_INDONESIAN if posts[0].cut else ""))
    (folder / "seed.py").write_text((_OURS / "seed_mezzanine.py").read_text())
    run([python, "manage.py", "migrate", "-v", "0"], folder=folder)
    run([python, "manage.py", "collectstatic", "--noinput", "-v", "0"], folder=folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(*news: Known) -> dict[str, Known]:
        rows = [
            {"slug": p.slug, "title": p.title, "body": p.body, "category": p.category, "at": p.at.isoformat()}
            for p in news
        ]
        standing = [{"slug": p.slug, "title": p.title, "body": p.body} for p in STANDING]
        stdin = json.dumps({"host": f"127.0.0.1:{port}", "posts": rows, "standing": standing})
        paths = json.loads(run([python, "seed.py"], stdin=stdin, folder=folder).strip().splitlines()[-1])
        return {url + paths[post.slug]: post for post in news}

    addresses = publish(*posts)
    command = [
        str(programs / "waitress-serve"),
        f"--listen=127.0.0.1:{port}",
        "--threads=2",
        "kantor.wsgi:application",
    ]
    processes.start(command, folder=folder, log="server.log", clocked=True)
    wait_for_port(port)
    return Served("mezzanine", url, addresses, lambda post: next(iter(publish(post))))
