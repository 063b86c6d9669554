"""Lists and articles in the markup of programs: TYPO3, Plone, Ghost, K2, Elementor, Wix, block themes and others."""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.faces.scene import Scene
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import BASE, Surface
from tests.surfaces.words import short

__all__ = ["builds"]


def _english(post: Post) -> str:
    return f"{post.when:%b} {post.when.day}, {post.when.year}"


def _long_english(post: Post) -> str:
    return f"{post.when:%A}, {post.when.day:02d} {post.when:%B} {post.when.year}"


def _typo3(p: Post, u: str) -> str:
    return (
        f'<div class="article articletype-0" itemscope itemtype="http://schema.org/Article"><div class="header"><h3><a title="{p.title}" href="{u}"><span itemprop="headline">'
        f'{p.title}</span></a></h3></div><div class="teaser-text"><div itemprop="description"><p>{p.lead}</p></div><a class="more" href="{u}">Mehr lesen</a></div><div class="footer">'
        f'<p><span class="news-list-date"><time itemprop="datePublished" datetime="{p.when:%Y-%m-%d}">{p.when:%d.%m.%Y}</time></span></p></div></div>'
    )


def _plone(p: Post, u: str) -> str:
    return (
        f'<article class="entry"><header><span class="summary" title="News Item"><a href="{u}" class="contenttype-news-item state-published url">{p.title}</a></span><div '
        f'class="documentByLine"><span class="documentAuthor">oleh <a href="/author/admin">admin</a></span> — <span class="documentPublished"><span>diterbitkan</span> '
        f'{_english(p)},</span> <span class="documentModified"><span>terakhir diubah</span> {p.edited:%b %d, %Y %I:%M %p}</span></div></header><p class="description">{p.lead}</p></article>'
    )


def _ghost(p: Post, u: str) -> str:
    return (
        f'<article class="post-card post"><a class="post-card-image-link" href="{u}"><img src="/i.jpg" alt="{p.title}"></a><div class="post-card-content"><a class="post-card-content-link" '
        f'href="{u}"><header class="post-card-header"><h2 class="post-card-title">{p.title}</h2></header><div class="post-card-excerpt">{p.lead}</div></a><footer class="post-card-meta">'
        f'<time class="post-card-meta-date" datetime="{p.when:%Y-%m-%d}">{p.when.day:02d} {p.when:%b %Y}</time><span class="post-card-meta-length">2 min read</span></footer></div></article>'
    )


def _k2(p: Post, u: str) -> str:
    return (
        f'<div class="itemContainer"><div class="catItemView groupPrimary"><div class="catItemHeader"><span class="catItemDateCreated">{_long_english(p)} {p.when:%H:%M}</span><h3 '
        f'class="catItemTitle"><a href="{u}">{p.title}</a></h3><span class="catItemAuthor">Written by Admin</span></div><div class="catItemBody"><div class="catItemIntroText"><p>{p.lead}</p>'
        f'</div></div><div class="catItemLinks"><div class="catItemHitsBlock">Read <b>{p.readers}</b> times</div><div class="catItemCategory"><span>Published in</span> <a href="/berita">Berita'
        f'</a></div></div><span class="catItemDateModified">Last modified on {p.edited:%A, %d %B %Y %H:%M}</span></div></div>'
    )


def _elementor(p: Post, u: str) -> str:
    return (
        f'<article class="elementor-post elementor-grid-item post-{p.number} post type-post"><a class="elementor-post__thumbnail__link" href="{u}" tabindex="-1"><div><img src="/i.jpg"></div></a>'
        f'<div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{u}">{p.title}</a></h3><div class="elementor-post__excerpt"><p>{p.lead}</p></div><a '
        f'class="elementor-post__read-more" href="{u}" aria-label="Read more about {p.title}">Read More »</a></div><div class="elementor-post__meta-data"><span class="elementor-post-date">'
        f'{day_of(p.when)}</span><span class="elementor-post-avatar">Tidak ada komentar</span></div></article>'
    )


def _divi(p: Post, u: str) -> str:
    return (
        f'<article id="post-{p.number}" class="et_pb_post clearfix post-{p.number} post type-post"><a class="entry-featured-image-url" href="{u}"><img src="/i.jpg"></a><h2 class="entry-title">'
        f'<a href="{u}">{p.title}</a></h2><p class="post-meta"> by <span class="author vcard"><a href="/author/humas">humas</a></span> | <span class="published">{_english(p)}</span> | <a '
        f'href="/category/berita/" rel="category tag">Berita</a></p><div class="post-content"><p>{p.lead}</p></div></article>'
    )


def _jnews(p: Post, u: str) -> str:
    return (
        f'<article class="jeg_post jeg_pl_md_2"><div class="jeg_thumb"><a href="{u}"><div class="thumbnail-container"><img src="/i.jpg"></div></a><div class="jeg_post_category"><span><a '
        f'href="/category/berita/">Berita</a></span></div></div><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="{u}">{p.title}</a></h3><div class="jeg_post_meta"><div '
        f'class="jeg_meta_author"><span class="by">oleh</span> <a href="/author/humas">Humas</a></div><div class="jeg_meta_date"><a href="{u}"><i class="fa fa-clock-o"></i> {day_of(p.when)}</a>'
        f'</div><div class="jeg_meta_comment"><a href="{u}#respond">0</a></div></div><div class="jeg_post_excerpt"><p>{p.lead}</p></div></div></article>'
    )


def _blocks(p: Post, u: str) -> str:
    return (
        f'<li class="wp-block-post post-{p.number} post type-post"><figure class="wp-block-post-featured-image"><a href="{u}"><img src="/i.jpg"></a></figure><h2 class="wp-block-post-title"><a '
        f'href="{u}" target="_self">{p.title}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{p.lead}</p></div><div class="wp-block-post-date"><time '
        f'datetime="{p.when.isoformat()}">{_english(p)}</time></div></li>'
    )


def _squarespace(p: Post, u: str) -> str:
    return (
        f'<article class="blog-single-column--container"><div class="blog-item-text"><div class="blog-meta-section"><span class="blog-meta-primary"><time class="blog-date" '
        f'datetime="{p.when:%Y-%m-%d}">{p.when.month}/{p.when.day}/{p.when:%y}</time><span class="blog-author">Humas</span></span></div><h1 class="blog-title"><a href="{u}">{p.title}</a></h1><div '
        f'class="blog-excerpt"><p>{p.lead}</p></div><a class="blog-more-link" href="{u}">Read More</a></div></article>'
    )


def _wix(p: Post, u: str) -> str:
    year = "" if p.when.year == NOW.year else f", {p.when.year}"
    return (
        f'<article data-hook="post-list-item"><div data-hook="post-list-pro-gallery-item"><a href="{BASE}{u}" tabindex="-1"><img src="/i.jpg"></a></div><div><span data-hook="user-name">Humas</span>'
        f'<span data-hook="time-ago" title="{p.when:%b} {p.when.day}{year}">{p.when:%b} {p.when.day}{year}</span><span data-hook="time-to-read">1 min read</span></div><a href="{BASE}{u}"><div '
        f'data-hook="post-title"><h2>{p.title}</h2></div><div data-hook="post-description"><div>{p.lead}</div></div></a><div><span data-hook="view-count">{p.readers} views</span></div></article>'
    )


def _minima(p: Post, u: str) -> str:
    return f'<li><span class="post-meta">{_english(p)}</span><h3><a class="post-link" href="{u}">\n  {p.title}\n</a></h3></li>'


def _astro(p: Post, u: str) -> str:
    return f'<li><a href="{u}/"><time datetime="{p.when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}">{day_of(p.when)}</time><h4>{p.title}</h4></a></li>'


def _olivero(p: Post, u: str) -> str:
    return (
        f'<div class="views-row"><article data-history-node-id="{p.number}" class="node node--type-article node--view-mode-teaser"><header class="node__header"><h2 class="node__title"><a href="{u}" '
        f'rel="bookmark"><span>{p.title}</span></a></h2><div class="node__meta"><span>Oleh <span>admin</span>, {p.when.day} {MONTHS[p.when.month - 1]}, {p.when.year}</span></div></header><div '
        f'class="node__content"><div class="text-content">{p.lead}</div></div></article></div>'
    )


def _esensi(p: Post, u: str) -> str:
    return (
        f'<div class="flex flex-col lg:flex-row gap-5 w-full"><figure class="h-40"><img src="/i.jpg" alt="{p.title}"></figure><div class="space-y-2 flex-1"><h5 class="text-h5 line-clamp-2"><a href="{u}">'
        f'{p.title}</a></h5><div class="line-clamp-3"><p>{p.lead}...</p></div><ul class="inline-flex flex-wrap gap-x-3 text-xs"><li><i class="fas fa-calendar-alt"></i> {day_of(p.when)}</li><li><i class="fas '
        f'fa-user"></i> Administrator</li><li><i class="fas fa-eye"></i> Dibaca {p.readers} kali</li></ul></div></div>'
    )


def _builder(p: Post, u: str) -> str:
    return (
        f'<div class="sppb-col-sm-4"><div class="sppb-addon-article"><a class="sppb-article-img-wrap" href="{u}"><img class="sppb-img-responsive" src="/i.jpg" alt="{p.title}"></a><div '
        f'class="sppb-article-info-wrap"><h3><a href="{u}">{p.title}</a></h3><div class="sppb-article-meta"><span class="sppb-meta-date">{p.when.day:02d} {MONTHS[p.when.month - 1]} {p.when.year}</span><span '
        f'class="sppb-meta-category"><a href="/berita">Berita</a></span><span class="sppb-meta-author">Super User</span></div><div class="sppb-article-introtext">{p.lead}</div></div></div></div>'
    )


def _filament(p: Post, u: str) -> str:
    return (
        f'<div class="flex flex-col"><a href="{u}" wire:navigate class="relative"><img src="/storage/{p.number}.jpg"><div class="absolute top-3 left-3 bg-white rounded-lg text-center px-3 py-1"><p '
        f'class="text-xl font-bold">{p.when.day}</p><p class="text-xs uppercase">{MONTHS[p.when.month - 1][:3]} {p.when.year}</p></div></a><a href="{u}" wire:navigate class="mt-3 text-lg font-semibold">{p.title}</a>'
        f'<p class="text-sm">{p.lead}</p></div>'
    )


def _ci4(p: Post, u: str) -> str:
    return (
        f'<div class="single-blog-item"><div class="blog-thumb"><img src="/i.jpg"><div class="date"><span>{p.when:%d}</span>{MONTHS[p.when.month - 1]}<em>{p.when:%Y}</em></div></div><div class="blog-content"><ul '
        f'class="post-meta"><li><a href="#"><i class="fa fa-user"></i>admin</a></li><li><a href="#"><i class="fa fa-comments"></i>{p.number % 4} Komentar</a></li></ul><h4><a href="{u}">{p.title}</a></h4><p>'
        f"{p.lead}</p></div></div>"
    )


def _sharepoint(p: Post, u: str) -> str:
    return (
        f'<tr class="ms-itmhover"><td class="ms-vb2"><a href="{u}" title="{p.title}">{p.title}</a></td><td class="ms-vb2"><nobr>{p.when:%d/%m/%Y} {p.when:%H:%M}</nobr></td><td class="ms-vb2"><nobr>'
        f"{p.edited:%d/%m/%Y} {p.edited:%H:%M}</nobr></td></tr>"
    )


@dataclass(frozen=True)
class _Build:
    card: Callable[[Post, str], str]
    told: Callable[[Post], str]
    url: Callable[[Post], str]
    pager: str
    page: str
    around: str = "{}"
    list: str = "/berita"
    shell: str = "bootstrap"
    offset: bool = False
    head: Callable[[Post], str] = lambda _: ""


def _ld(post: Post) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "datePublished": f"{post.when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "dateModified": f"{post.edited.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
    }
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'  # fmt: skip


def _edited_below(p: Post) -> str:
    return f"{_long_english(p)} {p.when:%H:%M}<br>Last modified on {p.edited:%A, %d %B %Y %H:%M}"


_BUILDS: Final = {
    "TYPO3 news": _Build(_typo3, lambda p: f"<time itemprop='datePublished' datetime='{p.when:%Y-%m-%d}'>{p.when:%d.%m.%Y}</time>", lambda p: f"/aktuelles/detail/{p.slug}", "drupal", "/aktuelles/seite-{}", list="/aktuelles"),
    "Plone": _Build(_plone, lambda p: f"diterbitkan <time>{_english(p)}</time>, terakhir diubah <time>{p.edited:%b %d, %Y}</time>", lambda p: f"/berita/{p.slug}", "tailwind", "/berita?b_start:int={}", offset=True),
    "Ghost": _Build(_ghost, lambda p: f"<time datetime='{p.when:%Y-%m-%d}'>{p.when.day:02d} {p.when:%b %Y}</time> — 2 min read", lambda p: f"/{p.slug}/", "older", "/page/{}/", list="/", head=_ld),
    "Joomla K2": _Build(_k2, _edited_below, lambda p: f"/berita/item/{p.number}-{p.slug}", "joomla", "/berita?start={}", offset=True, shell="helix"),
    "Elementor": _Build(_elementor, lambda p: f"{day_of(p.when)} {p.when:%H:%M}", lambda p: f"/{p.slug}/", "tailwind", "/berita/?e-page-1c7d2b={}", list="/berita/"),
    "Divi": _Build(_divi, lambda p: f"by humas | {_english(p)} | Berita | 0 comments", lambda p: f"/{p.when:%Y/%m/%d}/{p.slug}/", "older", "/berita/page/{}/", list="/berita/"),
    "JNews": _Build(_jnews, lambda p: f"oleh Humas &mdash; {day_of(p.when)} di Berita", lambda p: f"/{p.number}/{p.slug}/", "numbers", "/berita/page/{}/", list="/berita/"),
    "a block theme": _Build(_blocks, lambda p: f"<time datetime='{p.when.isoformat()}'>{_english(p)}</time>", lambda p: f"/{p.slug}/", "drupal", "/berita/?query-4-page={}", '<ul class="wp-block-post-template">{}</ul>', list="/berita/"),
    "Squarespace": _Build(_squarespace, lambda p: f"<time datetime='{p.when:%Y-%m-%d}'>{p.when.month}/{p.when.day}/{p.when:%y}</time>", lambda p: f"/news/{p.slug}", "older", "/news?offset=17{}", list="/news", shell="tailwind"),
    "Wix": _Build(_wix, lambda p: f"<span title='{p.when:%b} {p.when.day}'>{p.when:%b} {p.when.day}</span> <span>1 min read</span>", lambda p: f"/post/{p.slug}", "numbers", "/blog/page/{}", list="/blog", head=_ld),
    "Jekyll": _Build(_minima, lambda p: f"<time datetime='{p.when.isoformat()}'>{_english(p)}</time>", lambda p: f"/berita/{p.when:%Y/%m/%d}/{p.slug}.html", "older", "/page{}/", '<ul class="post-list">{}</ul>', list="/"),
    "Astro": _Build(_astro, lambda p: f"<time datetime='{p.when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}'>{day_of(p.when)}</time>", lambda p: f"/blog/{p.slug}/", "none", "", "<ul>{}</ul>", list="/blog/"),
    "Drupal Olivero": _Build(_olivero, lambda p: f"Oleh admin, {p.when.day} {MONTHS[p.when.month - 1]}, {p.when.year}", lambda p: f"/node/{p.number}", "drupal", "/berita?page={}", shell="drupal"),
    "OpenSID Esensi": _Build(_esensi, lambda p: f"<i class='fas fa-calendar-alt'></i> {day_of(p.when)} <i class='fas fa-user'></i> Administrator <i class='fas fa-eye'></i> Dibaca {p.readers} kali", lambda p: f"/artikel/{p.when.year}/{p.when.month}/{p.when.day}/{p.slug}", "numbers", "/index/{}", list="/index", shell="tailwind"),
    "Joomla page builder": _Build(_builder, lambda p: f"{p.when.day:02d} {MONTHS[p.when.month - 1]} {p.when.year}", lambda p: f"/index.php/berita/{p.number}-{p.slug}", "joomla", "/index.php/berita?start={}", '<div class="sppb-row">{}</div>', list="/index.php/berita", offset=True, shell="helix"),
    "Laravel, badge on the picture": _Build(_filament, lambda p: f"{WEEKDAYS[p.when.weekday()]}, {short(p)}", lambda p: f"/berita/{p.slug}", "tailwind", "/berita?page={}", '<div class="grid grid-cols-3">{}</div>', shell="tailwind"),
    "CodeIgniter, badge on the picture": _Build(_ci4, lambda p: f"{p.when:%d} {MONTHS[p.when.month - 1]} {p.when:%Y}", lambda p: f"/berita/detail/{p.number}", "numbers", "/berita?page_berita={}"),
    "SharePoint": _Build(_sharepoint, lambda p: f"Dibuat {p.when:%d/%m/%Y %H:%M} oleh Admin", lambda p: f"/Lists/Berita/DispForm.aspx?ID={p.number}", "total", "/Lists/Berita/AllItems.aspx?Page={}", "<table><tr><th>Judul</th><th>Dibuat</th><th>Diubah</th></tr>{}</table>", list="/Lists/Berita/AllItems.aspx", shell="webforms"),
}  # fmt: skip


def _drawn(build: _Build, post: Post) -> str:
    return build.card(post, html.escape(build.url(post)))


def builds() -> Iterator[Surface]:
    """All of them, with what stands beside in turn."""
    for n, (name, build) in enumerate(_BUILDS.items()):
        yield Scene(
            f"build: {name}",
            partial(_drawn, build),
            build.told,
            url=build.url,
            around=build.around,
            list=build.list,
            page=build.page,
            pager=build.pager,
            offset=build.offset,
            shell=build.shell,
            head=build.head,
            size=99 if build.pager == "none" else 9,
            complete=build.pager != "none",  # nothing shows that a list without a way on ends there
            beside=(n % 5, None)[n % 6 == 5],
        )
    yield _links_below()


def _links_below() -> Scene:
    """A blog layout of Joomla: leading, introduced, and titles alone below; the next page goes on behind them."""

    def url(post: Post) -> str:
        return f"/berita/{post.number}-{post.slug}"

    def lay(posts, _: int) -> str:
        intro = "".join(
            f'<div class="item column-1"><div class="page-header"><h2><a href="{url(p)}">{p.title}</a></h2></div><dl class="article-info muted"><dt>Detail</dt><dd class="published"><time datetime="'
            f'{p.when.isoformat()}">Diterbitkan: {day_of(p.when)}</time></dd><dd class="hits">Dilihat: {p.readers}</dd></dl><p>{p.lead}</p></div>'
            for p in posts[:5]
        )
        links = "".join(f'<li><a href="{url(p)}">{p.title}</a></li>' for p in posts[5:])
        return f'<div class="blog">{intro}<div class="items-more"><h3>Artikel Lainnya...</h3><ol class="nav nav-tabs nav-stacked">{links}</ol></div></div>'

    return Scene(
        "build: Joomla, titles alone below the blog",
        lambda _: "",
        lambda p: f"Diterbitkan: {named_day(p.when)}",
        lay=lay,
        url=url,
        shell="helix",
        pager="joomla",
        page="/berita?start={}",
        offset=True,
        complete=False,
        beside=1,
    )
