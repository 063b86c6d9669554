"""Biisan from PyPI: an archive of months without words, days that begin each row, a feed of few."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """
import os
from glueplate import Glue as _

settings = _(
    blog = _(title="Kelurahan Contoh", base_url="http://127.0.0.1:PORT", language="id"),
    dir = _(output=os.path.abspath(os.path.join("..", "out"))),
    GLUE_PLATE_PLUS_BEFORE_template_dirs = [os.path.abspath(os.path.join(".", "templates"))],
    GLUE_PLATE_PLUS_AFTER_extra = ["profil", "kontak", "visi-misi"],
    multiprocess = 1,
)
"""


def start_biisan(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; the home page names the blog alone, that the newest twenty, the months and all."""
    programs = install_python("biisan", "biisan==0.9.0")
    data = folder / "data"
    for part in ("blog", "extra", "templates"):
        (data / part).mkdir(parents=True)
    port = free_port()
    (data / "biisan_local_settings.py").write_text(_SETTINGS.replace("PORT", str(port)))
    settings = {
        "BIISAN_SETTINGS_MODULE": "biisan_local_settings",
        "PYTHONPATH": str(data),
        "TZ": "Asia/Makassar",
    }

    def write(place: Path, title: str, fields: str, text: str) -> None:
        place.write_text(f"{title}\n{'=' * len(title)}\n\n{fields}\n\n{text}\n")

    def write_post(post: Known) -> None:
        fields = f":slug: {post.slug}\n:date: {post.at:%Y-%m-%d %H:%M}\n:author: Humas"
        write(data / "blog" / f"{post.slug}.rst", post.title, fields, post.body)

    def write_page(page: Standing) -> None:
        fields = f":slug: {page.slug}\n:date: 2024-05-01 09:00\n:author: Humas"
        write(data / "extra" / f"{page.slug}.rst", page.title, fields, page.body)

    (data / "extra" / "about.rst").write_text(
        "Tentang\n=======\n\n:slug: about\n:date: 2024-05-01 09:00\n:author: Humas\n\nSitus resmi.\n"
    )

    def build() -> None:
        run([str(programs / "python"), "-m", "biisan.generate"], folder=data, environment=settings)

    generator = Generator(
        "biisan",
        folder / "out",
        write_post,
        write_page,
        build,
        lambda post: f"/blog/{post.at:%Y/%m/%d}/{post.slug}/",
    )
    return serve_generated(generator, port, posts, processes)
