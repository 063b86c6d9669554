"""What stands around a list or an article: header, clock, menu, boxes, footer."""

import html
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tests.awkward.card import Names
from tests.awkward.days import MONTHS, full, say, slashed
from tests.awkward.plan import Plan
from tests.awkward.words import CITY, plain_title

__all__ = ["OFFICE", "clock_text", "frame", "side_box"]

OFFICE = f"Dinas Ketertiban {CITY}"
_OLD = frozenset({"nested", "flat", "unclosed", "columns"})


def clock_text(plan: Plan, now: datetime) -> str:
    """The clock that each page shows, if any; a cache keeps yesterday's."""
    kind = plan["clock"]
    shown = now - timedelta(days=1) if kind == "yesterday" else now
    style = "weekday" if plan["listed"] in {"relative", "none"} or kind != "alike" else plan["listed"]
    return say(style if style not in {"label", "edited", "one_date", "time", "day_month"} else "long", shown)


def frame(
    plan: Plan,
    names: Names,
    now: datetime,
    title: str,
    body: str,
    *,
    menu: Mapping[str, str],
    head: str = "",
    side: str = "",
    language: str = "id",
) -> str:
    """A whole page, of the age that the layout suggests."""
    kind = plan["clock"]
    shown = clock_text(plan, now)
    clock = {
        "today": f'<div id="jam">{shown}</div>',
        "yesterday": f'<div class="tanggal-hari-ini">{shown}</div>',
        "alike": f"<p><span{names.date}>{shown}</span></p>",
    }.get(kind, "")
    foot = f"<p>Terakhir diperbarui: {full(now)}</p>" if kind == "footer" else ""
    foot += f"<p>Jl. Merdeka No. 7, {CITY}. &copy; {now.year} {OFFICE}. Pengunjung hari ini: 132</p>"
    top = (
        f'<!doctype html><html lang="{language}"><head><meta charset="{_charset(plan)}">'
        f"<title>{html.escape(title)}</title>{head}</head>"
    )
    if plan["layout"] in _OLD and plan["delivery"] == "html":
        links = "".join(f'<a href="{url}">{name}</a><br>' for url, name in menu.items())
        return (
            f"{top}<body bgcolor=#ffffff><table width=900><tr><td><font size=5>{OFFICE}</font></td>"
            f"<td align=right>{clock}</td></tr></table><table width=900><tr><td width=160 valign=top>{links}"
            f"</td><td valign=top>{body}</td><td valign=top>{side}</td></tr></table>{foot}</body></html>"
        )
    links = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in menu.items())
    brand = "h1" if plan.random("brand").random() < 0.5 else "div"
    return (
        f'{top}<body><header><{brand} class="brand"><a href="/">{OFFICE}</a></{brand}>{clock}'
        f"<nav><ul>{links}</ul></nav></header><main>{body}</main>{side}<footer>{foot}</footer></body></html>"
    )


def _charset(plan: Plan) -> str:
    return "windows-1252" if plan["server"] == "latin" else "utf-8"


def side_box(plan: Plan, now: datetime, links: Sequence[tuple[str, str, datetime]], *, article: bool) -> str:
    """The box beside or below: days of events, of other posts, of comments; `links` are posts."""
    source = plan.random("side")
    match plan["side"]:
        case "agenda":
            events = [now.date() + timedelta(days=d) for d in (2, 9, 17)]
            rows = "".join(f"<li><b>{full(day)}</b> {plain_title(source)}</li>" for day in events)
            return f'<aside class="agenda"><h4>Agenda Kegiatan</h4><ul>{rows}</ul></aside>'
        case "popular":
            return _others("Terpopuler", links, " | {} Kali")
        case "related" if article:
            return _others("Berita Terkait", links)
        case "calendar":
            days = "".join(f"<td>{'<b>' if d == now.day else ''}{d}</td>" for d in range(1, 29))
            month = f"{MONTHS[now.month - 1]} {now.year}"
            return f"<table class='kalender'><caption>{month}</caption><tr>{days}</tr></table>"
        case "ticker":
            said = " ".join(
                f'<a href="{html.escape(url)}">{html.escape(name)}</a>: {CITY.upper()} – '
                f"({slashed(day - timedelta(days=2))}) kegiatan berlangsung…"
                for url, name, day in links[:3]
            )
            return f"<div class='breaking'>Breaking News: <marquee>{said}</marquee></div>"
        case "comments" if article:
            said = "".join(
                f"<li>Warga {i}, {full(now - timedelta(days=i))} pukul 10.1{i}: Terima kasih infonya</li>"
                for i in (1, 4)
            )
            return f'<section id="komentar"><h3>2 Komentar</h3><ol>{said}</ol></section>'
    return ""


def _others(heading: str, links: Sequence[tuple[str, str, datetime]], readers: str = "") -> str:
    rows = "".join(
        f'<li><small>{full(day)}{readers.format(i * 7)}</small> <a href="{html.escape(url)}">'
        f"{html.escape(name)}</a></li>"
        for i, (url, name, day) in enumerate(links, 1)
    )
    return f'<aside class="widget"><h4>{heading}</h4><ul>{rows}</ul></aside>'
