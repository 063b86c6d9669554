"""Lists of cards: which link heads them, where the day stands, what else bears days."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import ago, ago_english, badge, short

__all__ = ["cards"]


def _detail(post: Post) -> str:
    return f"/berita/detail/{post.number}"


def _constant(post: Post) -> str:
    """The headline of each card leads to one address that a designer left there; the button leads to the post."""
    return (
        f'<h4><a href="index.php?proses=single-page">{post.title}</a></h4><a href="#"><img src="/f/{post.number}.jpg"></a>'
        f'<ul class="list-unstyled"><li><i class="fa fa-calendar-o"></i><span>{ago_english(post)}</span></li></ul>'
        f'<p class="para">{post.lead[:90]}...</p><div class="read_more"><a href="{_detail(post)}">view more</a></div>'
    )


def _over_picture(post: Post) -> str:
    """The headline over the picture, and below it an empty one that leads to the designer's page."""
    return (
        f'<article class="blog_item"><div class="blog_item_img"><img src="/f/{post.number}.jpg"><a href="{_detail(post)}" '
        f'class="blog_item_date"><h3>{post.title}</h3></a></div><div class="blog_details"><a href="single-blog.html"><h2></h2>'
        f'</a><p>{post.lead}</p><ul><li><a href="{_detail(post)}"><i class="far"></i> Baca Selengkapnya</a></li></ul></div></article>'
    )


def _clicked(post: Post) -> str:
    """No anchor: the card itself is clicked, and its script names the address."""
    return (
        f"<div class='berita-card' onclick=\"location.href='{_detail(post)}'\"><img src='/f/{post.number}.jpg'><div class='info'>"
        f"<h3>{post.title}</h3><p class='meta'>{short(post)}</p></div></div>"
    )


def _data_url(post: Post) -> str:
    """The card's address stands in an attribute that a script reads."""
    return (
        f'<div class="news-card" data-url="{_detail(post)}"><h3>{post.title}</h3><small>{short(post)}</small>'
        f"<p>{post.lead[:80]}</p></div>"
    )


def _box(post: Post) -> str:
    """A box of day, month and year beside the count of readers, before the headline."""
    day, _ = badge(post)
    month = day_of(post.when).split()[1]
    return (
        f'<article class="blog-entry"><div class="entry-meta"><a href="#"><img src="/emo.png"></a><div class="date"><span>{day}'
        f'</span> <p> {month} <br> {post.when.year} </p> </div><a href="#" class="comments">{post.readers} <span class="fa fa-eye">'
        f'</span></a></div><div class="entry-details"><div class="entry-title"><h3><a href="{_detail(post)}">{post.title}</a></h3>'
        f"</div><p>{post.lead}</p></div></article>"
    )


def _no_year(post: Post) -> str:
    day, month = badge(post)
    return (
        f'<div class="blog-item"><div class="pic"><img src="/f.jpg"><span class="d"><b>{day}</b><br>{month}</span></div>'
        f'<h5><a href="{_detail(post)}">{post.title}</a></h5><p>{post.lead[:70]}</p><a href="{_detail(post)}#komentar">2</a></div>'
    )


def _boxed_article(post: Post, _: str) -> str:
    """An article whose own box of day and month stands before its headline."""
    day, _ = badge(post)
    month = day_of(post.when).split()[1]
    return (
        f'<div class="entry-meta"><div class="date"><span>{day}</span> <p> {month} <br> {post.when.year} </p></div>'
        f'<a href="#" class="comments">{post.readers}</a></div><div class="entry-title"><h3>{post.title}</h3></div>'
        f'<div class="entry-body">{post.text}</div>'
    )


def _label_article(post: Post, said: str) -> str:
    """The page's heading is the section's; the day stands on the picture, above the post's own headline."""
    return (
        f'<h1>Berita dan Kegiatan Terkini</h1><div class="post-content"><div><figure><img src="/f/{post.number}.jpg" alt="{post.title}">'
        f'</figure><div class="date-label"><h6>{said}</h6></div></div><div class="fig-caption"><h3>{post.title}</h3>'
        f"<p>Oleh : Admin</p><div>{post.text}</div></div></div>"
    )


def _linked_day(post: Post) -> str:
    """Author, readers and day are links that lead nowhere."""
    return (
        f'<div class="shadow blog-item"><a href="{_detail(post)}"><img src="/f.jpg"></a><div class="meta"><a href="#" class="writted">'
        f'By: admin</a> <span><a class="comment-number" href="#">| {post.readers} Reads</a></span><a href="#" class="date">'
        f'<i class="dev-2"></i> {short(post)}</a></div><div class="content"><h2>{post.title}</h2><p>{post.lead}</p>'
        f'<a href="{_detail(post)}" class="btn">Read More</a></div></div>'
    )


def _day_in_link(post: Post) -> str:
    return f'<li><a href="{_detail(post)}">{post.title}<br><span style="color:#333">({short(post)})</span></a></li>'


def _dated_in_link(post: Post) -> str:
    return f'<li><a href="{_detail(post)}"><span class="date">{post.when:%m-%d}</span> {post.title}</a></li>'


def _whole_link(post: Post) -> str:
    """The card is one anchor: category, headline, excerpt, day."""
    return (
        f'<a href="{_detail(post)}" class="block rounded"><img src="/f.jpg" alt=""><div><span class="badge">Pembangunan</span>'
        f'<h3 class="font-bold">{post.title}</h3><p class="text-sm">{post.lead[:90]}</p><div class="flex"><span>Admin</span>'
        f"<span>{short(post)}</span></div></div></a>"
    )


def _before_link(post: Post) -> str:
    return f'{short(post)} - <a href="{_detail(post)}">{post.title}</a><br>'


def _tooltip(post: Post) -> str:
    return (
        f'<div class="card"><h5><a href="{_detail(post)}">{post.title}</a></h5><small title="{post.when:%Y-%m-%d %H:%M:%S}">'
        f"{ago(post)}</small><p>{post.lead}</p></div>"
    )


def _plain(post: Post, said: str) -> str:
    return f'<div class="item"><h4><a href="{_detail(post)}">{post.title}</a></h4><p class="tgl">{said}</p><p>{post.lead}</p></div>'


def _agenda(post: Post) -> str:
    """Until when it holds, beside when it was put up."""
    until = day_of(post.event)
    return (
        f'<div class="item"><h4><a href="{_detail(post)}">{post.title}</a></h4><p>Pelaksanaan : {until}</p>'
        f"<p>Diposting : {day_of(post.when)}</p></div>"
    )


def _head_first(posts: Sequence[Post], number: int) -> str:
    """The first of page 1 is large and of other tags than those that follow."""
    if number > 1:
        return "".join(map(_small, posts))
    first = posts[0]
    return (
        f'<section class="hero"><img src="/f.jpg"><div class="caption"><span>{named_day(first.when)}</span><h2><a href="'
        f'{_detail(first)}">{first.title}</a></h2><p>{first.lead}</p></div></section><div class="grid">'
        + "".join(map(_small, posts[1:]))
        + "</div>"
    )


def _small(post: Post) -> str:
    return (
        f'<div class="col-md-4"><a href="{_detail(post)}"><img src="/f.jpg"></a><h6><a href="{_detail(post)}">{post.title}</a></h6>'
        f'<small><i class="fa fa-calendar"></i> {short(post)}</small></div>'
    )


def _three_large(posts: Sequence[Post], _: int) -> str:
    """Three large ones, then a list of small rows, on each page."""
    large = "".join(
        f'<div class="col-md-4"><div class="news-lg"><img src="/f.jpg"><h4><a href="{_detail(p)}">{p.title}</a></h4><p>{p.lead}</p>'
        f'<span class="date">{day_of(p.when)}</span></div></div>'
        for p in posts[:3]
    )
    rows = "".join(
        f'<li><span>{day_of(p.when)}</span> <a href="{_detail(p)}">{p.title}</a></li>' for p in posts[3:]
    )
    return f'<div class="row">{large}</div><ul class="small-list">{rows}</ul>'


def _twice(posts: Sequence[Post], _: int) -> str:
    """Cards for telephones and a table for desktops, one of them hidden by a style."""
    cards = "".join(
        f'<div class="card"><div><h3><a href="{_detail(p)}">{p.title}</a></h3><p>{day_of(p.when)} • {p.when:%H:%M}</p></div>'
        f"<p>{p.lead}</p><span>Diposting oleh: Admin</span></div>"
        for p in posts
    )
    rows = "".join(
        f'<tr><td>{n}</td><td>{p.title}</td><td>{day_of(p.when)}</td><td><a href="{_detail(p)}">Lihat</a></td></tr>'
        for n, p in enumerate(posts, 1)
    )
    return f'<div class="lg:hidden">{cards}</div><div class="hidden lg:block"><table>{rows}</table></div>'


_EVENTS = "".join(
    f'<li class="media"><div class="event-date"><p>{5 + n * 6} </p><small>DES</small></div><div><h5><b><a href="/agenda/{n}">Rapat '
    f"Koordinasi {n}</a></b></h5><ul><li><i class='fa fa-calendar'></i> {5 + n * 6} Desember 2026 <i class='fa fa-map'></i> Aula -"
    f" {5 + n * 6} Desember 2026 s/d {6 + n * 6} Desember 2026 Pukul 09.00</li></ul></div></li>"
    for n in range(4)
)
_RECENT = "".join(
    f'<div class="recent"><h6><a href="{_detail(p)}">{p.title}</a></h6><span>{day_of(p.when)}</span></div>'
    for p in POSTS[:4]
)
_POPULAR = "".join(
    f'<li><a href="{_detail(p)}"><img src="/f.jpg"><h5>{p.title}</h5></a><small>{short(p)} | {p.readers} Kali</small></li>'
    for p in POSTS[12:17]
)
_TODAY = (
    f'<div class="marquee">Selamat datang | {named_day(NOW)} | <a href="{_detail(POSTS[0])}">{POSTS[0].title}</a></div>'
    f'<div class="stat">Pengunjung hari ini : 27, kemarin : 61, total : 20.261</div>'
)
_VOTES = '<div class="komentar"><b>Budi</b> 20 November 2026 10:15:07<p>Mantap</p><b>Sari</b> 2 hari yang lalu<p>Terima kasih</p></div>'


def _comments(post: Post, said: str) -> str:
    return f"<h2>{post.title}</h2><div class='kecil'>{said}</div>{post.text}<h4>Komentar</h4>{_VOTES}"


_site = partial(Surface, url=_detail)


def cards() -> Iterator[Surface]:
    """All of them."""
    return chain(_links(), _days(), _lays())


def _links() -> Iterator[Surface]:
    yield _site("link: headline leads to one page, button to the post", _constant, lambda p: day_of(p.when))
    yield _site("link: headline over the picture, no day in the list", _over_picture)
    yield _site("link: onclick of the card", _clicked, reached=(), complete=False)
    yield _site("link: data-url of the card", _data_url, reached=(), complete=False)
    yield _site("link: the whole card, with its day", _whole_link)
    yield _site("link: day inside the link", _day_in_link, around="<ul>{}</ul>")
    yield _site("link: month and day before the title inside the link", _dated_in_link, around="<ul>{}</ul>")
    yield _site("link: day before the link, flat", _before_link, pager="old")
    yield _site("link: day, author, readers are links to nothing", _linked_day, pager="words")
    yield _site(
        "link: none, the whole text is in the list",
        lambda p: (
            f"<div class='panel'><h4><strong>{p.title}</strong></h4><h6><small>admin , {ago_english(p)}</small></h6>{p.text}</div>"
        ),
        reached=(),
        complete=False,
    )
    yield _site(
        "link: all lead to #",
        lambda p: (
            f"<div><span>{short(p)}</span><a href='#'>{p.title}</a><p>{p.lead}</p><a href='#'>Read More</a></div>"
        ),
        reached=(),
        complete=False,
    )


def _days() -> Iterator[Surface]:
    said = lambda p: day_of(p.when)  # noqa: E731
    yield _site("day: a box with readers before the headline", _box, article=_boxed_article)
    yield _site("day: badge without a year, articles whole", _no_year, said, pager="arrows")
    yield _site("day: badge without a year anywhere", _no_year, lambda p: " ".join(badge(p)))
    yield _site("day: on the article's picture alone", lambda p: _plain(p, ""), said, _label_article)
    yield _site("day: diffForHumans, articles whole", lambda p: _plain(p, ago(p)), said)
    yield _site("day: diffForHumans everywhere", lambda p: _plain(p, ago(p)), ago, dated=False)
    yield _site(
        "day: tooltip of an age",
        _tooltip,
        lambda p: f'<small title="{p.when:%Y-%m-%d %H:%M:%S}">{ago(p)}</small>',
    )
    yield _site("day: of the event beside the posting's", _agenda, lambda p: f"Diposting : {day_of(p.when)}")
    yield _site(
        "day: last edit alone",
        lambda p: _plain(p, f"Update Terakhir : {day_of(p.edited)}"),
        lambda p: f"Update Terakhir : {day_of(p.edited)}",
        dated=False,
    )
    yield _site(
        "day: updated_at without a label below, created above",
        lambda p: _plain(p, f"{p.when:%Y-%m-%d %H:%M:%S}"),
        lambda p: (
            f"Dibuat pada {short(p)}, terakhir disunting pada {p.edited.day} {p.edited:%b}, {p.edited:%H:%M}"
        ),
    )
    yield _site(
        "day: in picture names alone",
        lambda p: (
            f'<div><img src="/uploads/{p.event:%Y-%m-%d}-foto.jpg"><h4><a href="{_detail(p)}">{p.title}</a></h4></div>'
        ),
        lambda p: f'<img src="/uploads/IMG_{p.event:%Y%m%d}_101522.jpg">',
        dated=False,
    )
    yield _site(
        "day: a month alone",
        lambda p: _plain(p, " ".join(day_of(p.when).split()[1:])),
        lambda p: " ".join(day_of(p.when).split()[1:]),
        dated=False,
    )
    yield _site(
        "day: the week of a month",
        lambda p: _plain(p, f"Minggu ke-{p.when.day // 7 + 1} {' '.join(day_of(p.when).split()[1:])}"),
        lambda _: "Humas",
        dated=False,
    )


def _lays() -> Iterator[Surface]:
    said = lambda p: day_of(p.when)  # noqa: E731
    yield _site(
        "beside: agenda with links and days",
        lambda p: _plain(p, said(p)),
        side=f"<h3>AGENDA</h3><ul>{_EVENTS}</ul>",
    )
    yield _site(
        "beside: popular posts with days",
        lambda p: _plain(p, said(p)),
        side=f"<h4>Populer</h4><ul>{_POPULAR}</ul>",
    )
    yield _site(
        "beside: popular with days, list without",
        lambda p: _plain(p, ""),
        side=f"<h4>Populer</h4><ul>{_POPULAR}</ul>",
    )
    yield _site(
        "beside: recent and popular on articles",
        lambda p: _plain(p, said(p)),
        side=_RECENT + f"<ul>{_POPULAR}</ul>",
    )
    yield _site("beside: today, a ticker and counters", lambda p: _plain(p, said(p)), side=_TODAY)
    yield _site(
        "beside: comments with days", lambda p: _plain(p, short(p)), lambda p: short(p) + " Admin", _comments
    )
    yield _site("lay: the first is large", _small, said, lay=_head_first)
    yield _site("lay: three large, then rows", _small, said, lay=_three_large, pager="words")
    yield _site("lay: cards and a table of the same posts", _small, said, lay=_twice)
    yield _site("lay: pages to choose from a box", lambda p: _plain(p, said(p)), pager="choice")
