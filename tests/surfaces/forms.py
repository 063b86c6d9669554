"""One plain list in each form of a date: what a helper of some program prints."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.surfaces.post import Post
from tests.surfaces.surface import PAGERS, Surface
from tests.surfaces.words import FORMS

__all__ = ["forms"]


def _media(post: Post, url: str, said: str) -> str:
    """A picture at the left, the day above the headline."""
    return (
        f'<li class="media"><div class="media-left"><img src="/foto/{post.number}.jpg" alt="{post.title}"></div>'
        f'<div class="media-body"><p class="small text-muted">{said}</p><h4 class="media-heading"><a href="{url}">'
        f"{post.title}</a></h4></div></li>"
    )


def _card(post: Post, url: str, said: str) -> str:
    """A card of Bootstrap; its headline is no link, its button is."""
    return (
        f'<div class="col mb-3"><div class="card"><img src="/foto/{post.number}.jpg" alt="..."><div class="card-body">'
        f'<p class="date">{said}</p><h5 class="card-title">{post.title}</h5><p class="card-text">{post.lead[:80]}...</p>'
        f'<a href="{url}" class="btn btn-warning">Baca Selengkapnya...</a></div></div></div>'
    )


def _article(post: Post, url: str, said: str) -> str:
    """Headline, a row of small words, an excerpt, a button."""
    return (
        f'<article class="post"><div class="row"><div class="col-md-4"><a href="/foto/{post.number}.jpg"><img src="/t.jpg">'
        f'</a></div><div class="col-md-8"><h3><a href="{url}">{post.title}</a></h3><span class="post-meta"><span>{said}'
        f'</span></span><p>{post.lead}</p><p><a href="{url}" class="btn">Lanjutkan Membaca</a></p></div></div></article>'
    )


_LAYOUTS: tuple[Callable[[Post, str, str], str], ...] = (_media, _card, _article)
_ADDRESSES: tuple[Callable[[Post], str], ...] = (
    lambda post: f"/berita/detail/{post.number}/{post.slug}",
    lambda post: f"/baca-berita-{post.number}-{post.slug}.html",
    lambda post: f"/index.php/home/read/{post.number}",
    lambda post: f"/berita/{post.slug}",
)
_PAGES = (
    "/berita?page={}",
    "/semua-berita-{}.html",
    "/berita/index/{}",
    "/berita?halaman={}",
    "/index.php?m=berita&hal={}",
)


def _told_in(
    layout: Callable[[Post, str, str], str],
    url: Callable[[Post], str],
    say: Callable[[Post], str],
    post: Post,
) -> str:
    return layout(post, url(post), say(post))


def forms() -> Iterator[Surface]:
    """A surface for each form; layout, addresses and pager in turn."""
    pagers = [name for name in PAGERS if name not in {"none", "choice"}]
    for n, (name, say) in enumerate(FORMS.items()):
        url, layout, page = _ADDRESSES[n % 4], _LAYOUTS[n % 3], _PAGES[n % 5]
        yield Surface(
            f"form: {name}",
            card=partial(_told_in, layout, url, say),
            told=say,
            url=url,
            pager=pagers[n % len(pagers)],
            page=page,
            offset="index/" in page,
        )
