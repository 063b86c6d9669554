"""What every static generator shares: write the sources, build, serve the folder, build again for news."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from machine import Processes, SetupError, serve_folder
from truth import STANDING, Known, Served, Standing

__all__ = ["Generator", "front_matter", "leave_endings_out", "serve_generated", "titled_pages"]


@dataclass(frozen=True, slots=True)
class Generator:
    """How one generator is worked: each part is a function of this module's callers."""

    name: str
    output: Path
    write_post: Callable[[Known], None]
    write_page: Callable[[Standing], object]
    build: Callable[[], object]
    address: Callable[[Known], str]


def serve_generated(generator: Generator, port: int, posts: Sequence[Known], processes: Processes) -> Served:
    """Write every source, build once and serve; `publish` writes one more and builds again."""
    for page in STANDING:
        generator.write_page(page)
    for post in posts:
        generator.write_post(post)
    generator.build()
    url = serve_folder(generator.output, port, processes)
    own = next(folder for folder in generator.output.parents if folder.parent == processes.folder)

    def publish(post: Known) -> str:
        generator.write_post(post)
        generator.build()
        return url + generator.address(post)

    def rewrite(post: Known, now: Known | None) -> None:
        if now is None:
            _remove(own, generator.output, post.slug)
        else:
            generator.write_post(now)
        generator.build()

    addresses = {url + generator.address(post): post for post in posts}
    return Served(generator.name, url, addresses, publish, rewrite)


def _remove(own: Path, output: Path, slug: str) -> None:
    """Remove a post's source and what was made of it: not every generator clears its output by itself.

    Args:
        own: the system's folder; beside it lie other systems' posts of that name.
    """
    named = [
        Path(folder, name)
        for folder, folders, files in os.walk(own)
        for name in (*folders, *files)
        if _is_named(Path(name), slug)
    ]
    for place in named:
        shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
    if all(output in place.parents for place in named):
        raise SetupError(f"No source of {slug} was found beside {output}.")


def _is_named(place: Path, slug: str) -> bool:
    """Whether a file is called as a post, be it with its day before; Chronicle writes `a_b.html`."""
    stem = place.stem.replace("_", "-")
    return stem == slug or stem.endswith(f"-{slug}")


def titled_pages(folder: Path) -> Callable[[Standing], int]:
    """What writes pages that stand, as Markdown with nothing but a title above it, into a folder."""
    return lambda page: (folder / f"{page.slug}.md").write_text(front_matter(page.body, title=page.title))


def front_matter(text: str, **values: str) -> str:
    """A Markdown source with YAML above it."""
    lines = "\n".join(f"{name}: {value}" for name, value in values.items())
    return f"---\n{lines}\n---\n\n{text}\n"


def leave_endings_out(folder: Path) -> None:
    """Move pages to where links without an ending lead, as the hosts that a program is made for answer."""
    for place in sorted(folder.rglob("*.html")):
        if place.stem not in ("index", "404"):
            place.with_suffix("").mkdir(exist_ok=True)
            place.rename(place.with_suffix("") / "index.html")
