"""Pelican from PyPI: a static site of Markdown files with Atom feeds, one of them for everything.

With its own theme, or with one that is a package: Reflex tells `Jum 26 Juni 2026` in the site's language.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_python, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

__all__ = ["PACKED_THEMES", "start_pelican"]

PACKED_THEMES = ("reflex", "smallweb", "themeless", "plumage")
_SETTINGS = """
SITENAME = "Kelurahan Contoh"
SITEURL = "http://127.0.0.1:{port}"
TIMEZONE = "Asia/Makassar"
DEFAULT_LANG = "id"
THEME = {theme}
PATH = "content"
OUTPUT_PATH = "output"
FEED_ALL_ATOM = "feeds/all.atom.xml"
DEFAULT_PAGINATION = 10
"""


# With other themes: no feed at all, and what their templates want.
_QUIET = """
AUTHOR, CC_LICENSE = "Humas", {}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.i18n"]}
JINJA_GLOBALS = {"gettext": lambda text, **values: text % values}
"""
_SHARING = ("pelican-theme-reflex==4.0.1", "pelican-theme-smallweb==2022.6.28", "pelican-themeless==0.1.2")
# A theme that wants plugins has an environment of its own.
_THEMES = {"plumage": ("plumage==5.0.0",)}
_PLUMAGE = """
import plumage
THEME = plumage.get_path()
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
"""


def start_pelican(
    folder: Path, posts: Sequence[Known], processes: Processes, *, theme: str = "notmyidea"
) -> Served:
    """Build the site with one of the themes and serve it."""
    own = theme == "notmyidea"
    packages = () if own else _THEMES.get(theme, (*_SHARING, "setuptools<80"))
    kept = "pelican" if own else theme if theme in _THEMES else "pelican-themes"
    programs = install_python(kept, "pelican[markdown]", *packages)
    content = folder / "content"
    (content / "pages").mkdir(parents=True)
    port = free_port()
    (folder / "pelicanconf.py").write_text(
        _SETTINGS.format(port=port, theme=repr(theme))
        + ("" if own else _PLUMAGE if theme == "plumage" else _QUIET)
    )

    fence = "---\n" if theme == "plumage" else ""  # its plugin reads Markdown in MyST's form

    def write_post(post: Known) -> None:
        head = f"Title: {post.title}\nDate: {post.at:%Y-%m-%d %H:%M}\nSlug: {post.slug}\n"
        if post.cut:
            head += f"Modified: {post.at + timedelta(days=3):%Y-%m-%d %H:%M}\n"
        head += f"Category: {post.category}\nTags: warga, {post.category}\n"
        (content / f"{post.slug}.md").write_text(f"{fence}{head}{fence}\n{post.body}\n")

    def write_page(page: Standing) -> None:
        (content / "pages" / f"{page.slug}.md").write_text(
            f"{fence}Title: {page.title}\n{fence}\n{page.body}\n"
        )

    def build() -> None:
        run([str(programs / "pelican"), "content", "-s", "pelicanconf.py"], folder=folder)

    generator = Generator(
        f"pelican, {theme}",
        folder / "output",
        write_post,
        write_page,
        build,
        lambda post: f"/{post.slug}.html",
    )
    return serve_generated(generator, port, posts, processes)
