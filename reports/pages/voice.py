"""How the templates of the pages speak: one language, strangers' words made plain."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from activity.ranking import Category, Standing, Status
from activity.result.hand_in import HandInState
from activity.result.month import line_up
from activity.semester import Semester
from activity.speech.plain import show_plain
from activity.speech.remark import read_remark
from reports.calendar import CELL, LEFT, TOP, draw_calendar, draw_ground, place_months
from reports.catalogue import translate
from reports.link import bare, link_of, link_post
from reports.messages import reason_of, text, word
from reports.pages.around import find_around
from reports.pages.charts import draw_strip
from reports.wording import (
    Language,
    phrase_date,
    phrase_month,
    phrase_month_of,
    phrase_number,
    phrase_percent,
)

__all__ = ["make_environment"]

_LONGEST = 240
"""Letters of a stranger's title that a page shows; its link leads to the rest."""


def make_environment(language: Language, *sheets: str) -> Environment:
    """The templates of the pages, speaking one language.

    Args:
        sheets: files of style beside those that every page has.
    """
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        auto_reload=False,  # all pages of a site by the same templates, also while an update comes in
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style = _read_style(*sheets)
    once = lru_cache(maxsize=4096, typed=True)  # pages say most of what they say again and again
    say: Callable[..., str] = once(lambda key, **values: text(key, language, **values))
    environment.globals |= {
        **_DRAWN,
        "language": language.value,
        "say": say,
        "word": once(lambda kind, name: word(kind, str(name), language)),
        "tell": lambda message: translate(message, language),
        "remark": lambda said: translate(read_remark(said), language),
        "reason": lambda standing: reason_of(standing, language),
        "number": lambda value, digits=0: phrase_number(value, language, digits),
        "signed": lambda value: ("+" if value > 0 else "−") + phrase_number(abs(value), language, 1),
        "percent": lambda share: phrase_percent(share, language),
        "day": once(lambda day: _time(day, language)),
        "day_words": lambda day: phrase_date(day, language, short=True),
        "month": lambda number: phrase_month(number, language),
        "month_name": lambda month: phrase_month_of(month.first_day, language),
        "category_name": partial(_name_category, language),
        "semester_name": partial(_name_semester, language),
        "moved": lambda standing: _tell_move(standing, language),
        "style": Markup(style),  # noqa: S704 - our own file
        "policy": _policy(style),
        "weekdays": ("Sen", "Rab", "Jum") if language is Language.ID else ("Mon", "Wed", "Fri"),
    }
    environment.globals |= {"CELL": CELL, "LEFT": LEFT, "TOP": TOP}
    return environment


def shown(words: str) -> str:
    r"""A stranger's words: nothing hidden or turned round in them, and no longer than a page bears.

    >>> shown("a\u202eb"), len(shown("x" * 10_000))
    ('a\\u202eb', 241)
    """
    plain = show_plain(words)
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"


_DRAWN: Mapping[str, Any] = {
    "around": find_around,
    "bare": lambda address: shown(bare(address)),
    "draw": draw_calendar,
    "ground": draw_ground,
    "hand_in_states": tuple(HandInState),
    "line_up": line_up,
    "link_of": link_of,
    "link_post": link_post,
    "months": place_months,
    "shown": shown,
    "statuses": tuple(Status),
    "strip": draw_strip,
    "CELL": CELL,
    "LEFT": LEFT,
    "TOP": TOP,
}
"""What templates use in any language."""


def _time(day: date, language: Language) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(
        day.isoformat(), phrase_date(day, language, short=True)
    )


def _name_category(language: Language, category: Category) -> str:
    channel, level = (
        word("channel", category.channel.value, language),
        word("level", category.level, language),
    )
    return text("category", language, channel=channel, level=level)


def _name_semester(language: Language, semester: Semester) -> str:
    ordinal = ("first", "second")[semester.half - 1]
    return text("semester", language, half="I" * semester.half, ordinal=ordinal, year=str(semester.year))


def _tell_move(standing: Standing, language: Language) -> str:
    """What moved a score most since the semester before."""
    change = standing.change
    if change is None or not change.metrics:
        return ""
    name, points = change.metrics[0]
    signed = ("+" if points > 0 else "−") + phrase_number(abs(points), language, 1)
    return text("site.gained", language, metric=word("metric", name, language), points=signed)


def _read_style(*sheets: str) -> str:
    templates = files("reports").joinpath("templates")
    names = ("common.css", "site/site.css", *sheets)
    return _smaller("".join(templates.joinpath(name).read_text("utf-8") for name in names))


def _smaller(style: str) -> str:
    """A style without its line breaks and indents: it stands in every page."""
    return "".join(line.strip() for line in style.splitlines())


def _policy(style: str) -> str:
    """A page may use its own style and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
