"""Kinds that could not stand on one site, or would hide a day from every reader, and what stands instead."""

from collections.abc import Callable, Mapping

from tests.awkward.dimension import EXACT

__all__ = ["reconcile"]

# Styles of a date whose text a form may stand for.
_TEXTS = frozenset(
    {"long", "weekday", "clock", "short", "capitals", "slashed", "dashed", "iso", "english", "label"}
)
_SILENT_PAGERS = frozenset({"one", "short", "more", "post"})


def reconcile(drawn: Mapping[str, str]) -> dict[str, str]:
    """Take back what could not stand on one site, or would hide a day from every reader."""
    kinds = dict(drawn)
    if kinds["witness"] == "dateline":
        kinds |= {"listed": "none", "told": "same", "text": "datelines", "feed": "none", "machine": "none"}
        kinds |= {"delivery": "html", "documents": "none", "sitemap": "none", "order": "falling"}
        kinds |= {"address": "slug" if kinds["address"] in {"dated", "utc_dated"} else kinds["address"]}
    if kinds["witness"] == "feed":  # the pages name no day, the feed does for all
        kinds |= {"listed": "none", "told": "same", "dates_of_feed": "true", "machine": "none"}
        kinds |= {"feed": "full", "documents": "none"}
        kinds |= {"delivery": "html"}
    if kinds["delivery"] != "html":
        kinds |= {"language": "one", "documents": "none", "order": "falling", "pager": "numbered"}
        kinds |= {
            "pages": "sound",
            "address": "slug",
            "sections": "one",
            "server": "plain",
            "machine": "none",
        }
        kinds |= {"listed": "long" if kinds["listed"] == "day_month" else kinds["listed"]}
        kinds |= {"home": "some", "change": "none" if kinds["change"] != "down" else "down"}
    if kinds["delivery"] == "shell":
        kinds |= {"feed": "full", "dates_of_feed": "true"}
    if kinds["documents"] != "none":
        kinds |= {"feed": "none", "machine": "none", "language": "one", "address": "slug", "sections": "one"}
        kinds |= {"sitemap": "none", "change": "none" if kinds["change"] != "down" else "down"}
        kinds |= {"listed": kinds["listed"] if kinds["listed"] in EXACT else "long"}
    return _reconcile_lists(kinds)


def _reconcile_lists(kinds: dict[str, str]) -> dict[str, str]:
    for contradicts, instead in _CONTRADICTIONS:
        if contradicts(kinds):
            kinds |= instead
    return kinds


_ORDERED_TABLES = frozenset({"columns", "icons"})
_IN_WORDS = frozenset({"long", "short", "capitals", "weekday"})
_CONTRADICTIONS: tuple[tuple[Callable[[Mapping[str, str]], bool], dict[str, str]], ...] = (
    # Only a steady fall tells the year of a day and a month.
    (
        lambda k: k["listed"] == "day_month",
        {"order": "falling", "feed": "none", "machine": "none", "told": "same"},
    ),
    (lambda k: k["listed"] == "day_month" and k["extra"] == "sticky", {"extra": "none"}),
    (lambda k: k["pager"] in _SILENT_PAGERS, {"pages": "sound"}),
    (lambda k: k["pages"] == "first_again" and k["order"] != "falling", {"pages": "sound"}),
    (lambda k: k["pages"] == "wrong_total" and k["pager"] in {"next", "older", "head"}, {"pages": "sound"}),
    (lambda k: k["feed"] in {"none", "empty"}, {"dates_of_feed": "true"}),
    (lambda k: k["listed"] == "relative" and k["told"] == "same", {"told": "label"}),
    # A reader believes the page against a machine because it says "published".
    (lambda k: k["dates_of_feed"] == "draft" or k["machine"] == "created", {"told": "label"}),
    (lambda k: k["home"] == "list" and k["sections"] == "two", {"home": "some"}),
    (lambda k: k["home"] == "list" and k["address"] == "two", {"home": "some"}),
    (
        lambda k: k["layout"] in _ORDERED_TABLES and k["extra"] not in {"none", "sticky"},
        {"extra": "none"},
    ),
    (lambda k: k["language"] != "one" and k["sections"] == "two", {"sections": "one"}),
    (
        lambda k: k["change"] == "reslugged" and k["address"] not in {"slug", "both", "html", "dated"},
        {"change": "renamed"},
    ),
    (
        lambda k: k["sections"] != "two" or k["feed"] in {"none", "empty"} or k["witness"] == "feed",
        {"feed_holds": "all"},
    ),
    (lambda k: k["delivery"] != "html", {"host": "one", "beside": "none", "trouble": "none"}),
    (
        lambda k: k["delivery"] != "html" or k["witness"] != "told" or k["listed"] not in _TEXTS,
        {"form": "usual"},
    ),
    (lambda k: k["text"] != "datelines", {"letters": "none"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["address"] == "query"
            or k["change"] == "moved"
            or k["home"] == "list"
        ),
        {"menu": "named"},
    ),
    (lambda k: k["listed"] == "day_month", {"trouble": "none"}),
    (
        lambda k: (
            k["change"] == "moved"
            and (k["language"] != "one" or k["address"] not in {"slug", "html", "both", "number"})
        ),
        {"change": "edited"},
    ),
    (lambda k: k["delivery"] != "html", {"headline": "link", "rows": "each", "mirror": "none"}),
    (lambda k: k["layout"] in {"nested", "icons"}, {"headline": "link"}),
    (
        lambda k: k["listed"] not in _IN_WORDS or k["form"] != "usual" or k["witness"] != "told",
        {"parts": "whole"},
    ),
    (lambda k: k["rows"] == "merged", {"layout": "columns", "extra": "none", "headline": "link"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["home"] == "list"
            or k["host"] != "one"
            or k["address"] not in {"slug", "both", "html"}
            or (k["address"] == "html" and k["twin"] in {"amp", "slash"})
        ),
        {"twin": "none"},
    ),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["home"] == "list"
            or k["menu"] != "named"
            or k["address"] == "query"
            or k["pager"] in {"more", "post"}
            or k["sections"] == "two"
        ),
        {"frame": "none"},
    ),
    (
        lambda k: k["delivery"] != "html" or k["listed"] == "day_month" or k["trouble"] != "none",
        {"blocked": "none"},
    ),
    (lambda k: k["sitemap"] == "none", {"lastmod": "told"}),
    (lambda k: k["near"] == "near", {"parts": "whole", "told": "label"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["witness"] != "told"
            or k["documents"] != "none"
            or k["order"] != "falling"
            or k["listed"] not in _TEXTS
            or k["form"] != "usual"
            or k["rows"] != "each"
            or k["extra"] == "sticky"
        ),
        {"grouping": "none"},
    ),
    # Only the articles tell the days of posts below a month's heading.
    (
        lambda k: k["grouping"] != "none",
        {"told": "label", "parts": "whole", "near": "none", "mirror": "none"},
    ),
    (lambda k: k["listed"] not in _TEXTS or k["form"] != "usual", {"near": "none"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["order"] != "falling"
            or k["home"] == "list"
            or k["frame"] != "none"
            or k["pager"] in {"more", "post", "short"}
            or k["pages"] != "sound"
            or k["change"] == "moved"
            or k["extra"] == "sticky"
        ),
        {"tabs": "none"},
    ),
    (
        lambda k: (
            k["tabs"] != "none" or k["pages"] != "sound" or k["pager"] in {"one", "head", *_SILENT_PAGERS}
        ),
        {"behind": "nothing"},
    ),
    (
        lambda k: k["delivery"] != "html" or k["documents"] != "none" or k["home"] == "list",
        {"agenda": "none"},
    ),
    # Whose list tells two days of a post has articles that tell which is which.
    (lambda k: k["agenda"] == "events" and k["told"] == "same", {"told": "label"}),
    (lambda k: k["delivery"] != "html" or k["documents"] != "none", {"headlines": "whole"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["address"] not in {"slug", "html", "number"}
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["twin"] != "none"
        ),
        {"session": "none"},
    ),
    (
        lambda k: k["feed"] in {"none", "empty"} or k["witness"] == "feed" or k["delivery"] != "html",
        {"feed_span": "all"},
    ),
    (lambda k: k["extra"] != "sticky", {"pins": "first_page"}),
    (
        lambda k: k["delivery"] != "html" and k["course"] not in {"upkeep_200", "upkeep_503"},
        {"course": "steady"},
    ),
    (lambda k: k["course"] == "rebuilt" and k["documents"] != "none", {"course": "steady"}),
    (
        lambda k: (
            k["course"] == "recategorised"
            and (
                k["sections"] != "two"
                or k["address"] not in {"slug", "both", "html"}
                or k["change"] == "moved"
                or k["twin"] != "none"
            )
        ),
        {"course": "steady"},
    ),
    (
        lambda k: (
            k["course"] == "corrected"
            and (
                k["address"] in {"dated", "utc_dated"}
                or not (k["listed"] in EXACT and k["witness"] == "told" and k["order"] == "falling")
            )
        ),
        {"course": "steady"},
    ),
    (
        lambda k: (
            k["course"] == "scheduled" and (k["documents"] != "none" or k["listed"] not in EXACT | {"none"})
        ),
        {"course": "steady"},
    ),
    (lambda k: k["course"] in {"rebuilt", "upkeep_200", "upkeep_503", "stale"}, {"change": "none"}),
    # What builders and portals do shows on pages of a server's own making alone.
    (
        lambda k: k["delivery"] != "html" or k["documents"] != "none",
        {
            "lead": "none",
            "lists": "one",
            "wrapping": "none",
            "wording": "usual",
            "placeholder": "none",
            "drawn": "plain",
            "markup": "clean",
            "feed_host": "own",
            "ways": "links",
            "graph": "none",
            "block": "usual",
            "canonical": "none",
            "ident": "usual",
            "yearly": "none",
            "two_dates": "none",
            "entry": "direct",
            "ages": "none",
        },
    ),
    (
        lambda k: (
            k["listed"] != "long"
            or k["witness"] != "told"
            or k["form"] != "usual"
            or k["rows"] != "each"
            or k["grouping"] != "none"
            or k["near"] != "none"
            or k["parts"] != "whole"
        ),
        {"wording": "usual", "wrapping": "none"},
    ),
    (lambda k: k["wrapping"] != "none", {"wording": "usual"}),
    # Whose list tells a day in an attribute, or two days, has articles that tell it in words.
    (
        lambda k: k["wrapping"] in {"tooltip", "data"} or k["wording"] in {"two_days", "yy"},
        {"told": "label"},
    ),
    # Only a steady fall through all of a list tells the year of a day and a month.
    (lambda k: k["listed"] == "day_month", {"lead": "none", "lists": "one", "graph": "none"}),
    (
        lambda k: k["grouping"] != "none" or k["rows"] != "each",
        {"lead": "none", "block": "usual", "lists": "one"},
    ),
    (lambda k: k["feed"] in {"none", "empty", "hidden"} or k["witness"] == "feed", {"feed_host": "own"}),
    (lambda k: k["dates_of_feed"] in {"updated", "shared_link"}, {"feed_host": "own"}),
    (lambda k: k["pager"] != "post", {"ways": "links"}),
    (lambda k: k["machine"] != "none" and k["graph"] != "crumbs", {"graph": "none"}),
    (
        lambda k: (
            k["block"] == "whole_link"
            and (k["extra"] != "none" or k["headline"] != "link" or k["beside"] != "none")
        ),
        {"block": "usual"},
    ),
    # A table that nothing closes would swallow what stands behind it in another box.
    (
        lambda k: (
            k["layout"] == "unclosed"
            and (k["lists"] != "one" or k["placeholder"] != "none" or k["drawn"] != "plain")
        ),
        {"layout": "bullets"},
    ),
    (lambda k: k["address"] != "number", {"ident": "usual"}),
    (lambda k: k["home"] == "list", {"entry": "direct"}),
    (lambda k: k["listed"] != "relative" or k["witness"] != "told", {"ages": "none"}),
    (
        lambda k: (
            k["listed"] != "long"
            or k["witness"] != "told"
            or k["form"] != "usual"
            or k["rows"] != "each"
            or k["grouping"] != "none"
            or k["near"] != "none"
            or k["parts"] != "whole"
            or k["wording"] != "usual"
            or k["wrapping"] != "none"
        ),
        {"yearly": "none", "two_dates": "none"},
    ),
    (
        lambda k: (
            k["order"] != "falling"
            or k["extra"] == "sticky"
            or k["lead"] != "none"
            or k["lists"] != "one"
            or k["mirror"] != "none"
        ),
        {"yearly": "none"},
    ),
    (lambda k: k["extra"] != "none" or k["block"] != "usual", {"two_dates": "none"}),
    (lambda k: k["yearly"] != "none", {"two_dates": "none"}),
    # Of two days, or one without its year, the article says which is whose.
    (lambda k: k["yearly"] != "none" or k["two_dates"] != "none", {"told": "label"}),
    (lambda k: k["two_dates"] != "none", {"headline": "link"}),
)
