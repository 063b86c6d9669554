"""What lists and articles say of a post's day, to people and to machines; rightly or not."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.awkward.card import Names
from tests.awkward.days import ago, full, local_z, machine, say, shape
from tests.awkward.dressing import age, hide, word, wrap
from tests.awkward.plan import Plan
from tests.awkward.post import Post

__all__ = ["article_date", "badge_of", "edited_at", "list_date", "machine_head", "restate"]

_LABELS = (
    "Diterbitkan",
    "Diposting pada",
    "Tayang:",
    "Dipublikasikan",
    "Ditulis",
    "Diunggah",
    "Tanggal posting:",
)


def edited_at(post: Post, now: datetime) -> datetime:
    """When a post was last touched: at its edit, else some days after it came."""
    if post.edited is not None and post.edited <= now:
        return post.edited
    return min(now, post.when + timedelta(days=post.readers % 8, hours=1))


def built_at(now: datetime) -> datetime:
    """When the site was built last."""
    return now - timedelta(minutes=now.minute, seconds=31)


def restate(plan: Plan, moment: datetime) -> datetime:
    """The same moment by the clock that the site's machines name: its own, UTC's, the capital's."""
    match plan["stated"]:
        case "utc":
            return moment.astimezone(UTC)
        case "jakarta":
            return moment.astimezone(ZoneInfo("Asia/Jakarta"))
    return moment


def list_date(plan: Plan, post: Post, now: datetime) -> str:
    """The card's words, as HTML."""
    said = _spell(plan, _list_date(plan, post, now))
    if plan["wrapping"] in {"tooltip", "data"}:
        return hide(plan["wrapping"], post.when, now, plan.random("dialect").randrange(3))
    if plan["parts"] == "whole":
        return wrap(plan["wrapping"], said, post.when, plan.random("dialect").randrange(3))
    return ("" if plan["parts"] == "joined" else "\n").join(f"<span>{word}</span>" for word in said.split())


def _spell(plan: Plan, said: str) -> str:
    """The same words as offices misspell them."""
    if plan["spelling"] == "old":
        for name, old in (("Februari", "Pebruari"), ("November", "Nopember"), ("Jumat", "Jum'at")):
            said = said.replace(name, old)
    # Nobody writes 5/XI/2026 in small letters.
    lower = plan["spelling"] == "lower" and plan["form"] != "roman" and "<" not in said
    return said.lower() if lower else said


def _list_date(plan: Plan, post: Post, now: datetime) -> str:
    if plan["witness"] != "told":
        return ""
    style, dialect = plan["listed"], plan.random("dialect").randrange(3)
    if plan["form"] != "usual":
        return shape(plan["form"], post.when, dialect)
    if plan["wording"] != "usual":
        return word(plan["wording"], post.when, edited_at(post, now), post.readers, dialect)
    if plan["near"] == "near" and (told := _near(post, now)):
        return told
    match style:
        case "none":
            return ""
        case "relative":
            return _age(plan, post, now, dialect)
        case "one_date":
            return full(built_at(now))
        case "edited":
            return f"Diperbaharui terakhir {full(edited_at(post, now))}"
        case "label":
            return f"{_label(plan)} {full(post.when)}"
        case "time":
            return f'<time datetime="{machine(restate(plan, post.when))}">{full(post.when)}</time>'
        case "time_mdy":
            return f'<time datetime="{machine(restate(plan, post.when))}">{say("mdy", post.when)}</time>'
    return say(style, post.when, dialect)


def _age(plan: Plan, post: Post, now: datetime, dialect: int) -> str:
    return age(plan["ages"], post.when, now) if plan["ages"] != "none" else ago(post.when, now, dialect)


def _near(post: Post, now: datetime) -> str:
    """Words for today and yesterday; the days before those are written out."""
    days = (now.astimezone(post.when.tzinfo).date() - post.day).days
    return {0: f"Hari ini, {post.when:%H:%M}", 1: f"Kemarin, {post.when:%H:%M}"}.get(days, "")


def badge_of(plan: Plan, post: Post) -> tuple[str, str]:
    """Day and month as a leaf of a calendar, where the layout has one and the style names them."""
    if plan["form"] != "usual" or plan["layout"] != "badge" or plan["witness"] != "told":
        return "", ""
    if plan["listed"] not in {"short", "day_month"}:
        return "", ""
    day, *rest = say(plan["listed"], post.when, plan.random("dialect").randrange(3)).split(" ")
    return day, " ".join(rest)


def _label(plan: Plan) -> str:
    return plan.random("label").choice(_LABELS)


def article_date(plan: Plan, names: Names, post: Post, now: datetime) -> str:
    """The line of an article that tells its day, as HTML; empty where nobody does."""
    if plan["witness"] != "told":
        return f"<div{names.meta}>oleh Admin</div>"
    said = _spell(plan, _told(plan, post, now))
    said = wrap(plan["wrapping"], said, post.when, plan.random("dialect").randrange(3))
    if plan["listed"] == "edited":
        said += f" | Diperbaharui terakhir {full(edited_at(post, now))}"
    return f"<div{names.meta}><span{names.date}>{said}</span> oleh Admin</div>"


def _told(plan: Plan, post: Post, now: datetime) -> str:
    told, dialect = plan["told"], plan.random("dialect").randrange(3)
    style = plan["listed"]
    if told == "same" and plan["form"] != "usual":
        return shape(plan["form"], post.when, dialect)
    if told == "same" and plan["wording"] != "usual":
        return word(plan["wording"], post.when, edited_at(post, now), post.readers, dialect)
    if told == "label" or (told == "same" and style in {"label", "none", "one_date", "edited", "relative"}):
        return f"{_label(plan)} {full(post.when)}"
    if told == "same":
        if style in {"time", "time_mdy"}:
            text = say("mdy", post.when) if style == "time_mdy" else full(post.when)
            return f'<time datetime="{machine(restate(plan, post.when))}">{text}</time>'
        return say(style, post.when, dialect)
    return say(told, post.when, dialect)


def machine_head(plan: Plan, post: Post, now: datetime) -> str:
    """JSON-LD or meta elements for an article's head."""
    said: dict[str, str] = {}
    match plan["machine"]:
        case "true":
            said = {
                "datePublished": machine(restate(plan, post.when)),
                "dateModified": machine(restate(plan, edited_at(post, now))),
            }
        case "build":
            said = {"datePublished": machine(built_at(now)), "dateModified": machine(built_at(now))}
        case "local_z":
            said = {"datePublished": local_z(post.when), "dateModified": local_z(edited_at(post, now))}
        case "created":
            begun = post.begun or post.when
            said = {
                "dateCreated": machine(restate(plan, begun)),
                "datePublished": machine(restate(plan, post.when)),
            }
        case "modified":
            stamp = machine(restate(plan, edited_at(post, now)))
            return (
                f'<meta property="article:modified_time" content="{stamp}">'
                f'<meta property="og:updated_time" content="{stamp}">'
            )
        case "meta":
            return f'<meta property="article:published_time" content="{machine(restate(plan, post.when))}">'
        case "itemprop":
            return f'<meta itemprop="datePublished" content="{machine(restate(plan, post.when))}">'
        case _:
            return ""
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title_at(now),
        **said,
    }
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'
