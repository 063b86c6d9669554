"""How one comes from a page of a list to the next, and what goes wrong on the way."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from tests.awkward.plan import Plan
from tests.awkward.post import Post

__all__ = ["Part", "cut", "link_pages"]

_ENDLESS = 40


@dataclass(frozen=True)
class Part:
    """One page of a list: what it shows, its number and how many it says there are."""

    posts: tuple[Post, ...]
    number: int
    last: int
    total: int

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show."""
        return not self.posts


def cut(plan: Plan, posts: Sequence[Post], number: int, size: int) -> Part:
    """The posts of page `number`, from 1; as the site cuts it, faults and all."""
    last = max(1, -(-len(posts) // size))
    fault = plan["pages"]
    if plan["pager"] == "one":
        return Part(tuple(posts), 1, 1, len(posts))
    if plan["behind"] == "first_page" and number >= last:
        # The last page leads on, and what stands behind it is the first one.
        own = posts[(number - 1) * size : number * size] or posts[:size]
        return Part(tuple(own), number, number + 1, len(posts))
    if fault == "first_again":
        return Part(tuple(posts[:size]), number, _ENDLESS, len(posts))
    if fault == "last_again":
        shown = min(number, last)
        return Part(tuple(posts[(shown - 1) * size : shown * size]), number, number + 1, len(posts))
    if fault == "repeats":  # each page begins with the last two of the one before
        start = (number - 1) * (size - 2)
        last = max(1, -(-max(1, len(posts) - 2) // (size - 2)))
        return Part(tuple(posts[start : start + size]), number, last, len(posts))
    if fault == "empty_behind":
        last += 1
    total = len(posts) + (29 if fault == "wrong_total" else 0)
    return Part(tuple(posts[(number - 1) * size : number * size]), number, last, total)


def link_pages(plan: Plan, part: Part, address: str, size: int) -> tuple[str, str]:
    """Links below the list, and what belongs into the head; `address` holds one `{}` for number or start."""
    kind = plan["pager"]
    following = part.number < part.last
    url = html.escape(address.format(part.number * size if kind == "offset" else part.number + 1))
    said = _total(plan, part, size)
    if plan["ways"] != "links" and part.last > 1:
        return said + _by_script(plan, part, address), ""
    match kind:
        case "one" | "short":
            return "", ""
        case "head":
            return "", f'<link rel="next" href="{url}">' if following else ""
        case "more" if following:
            return f'<button class="btn-muat" data-url="{url}">Muat lebih banyak</button>', ""
        case "post" if following:
            return (
                '<form method="post" action="/berita"><input type="hidden" name="hal" '
                f'value="{part.number + 1}"><button>Berikutnya</button></form>',
                "",
            )
        case "older" if following:
            return f'<div class="nav-lama"><a href="{url}">Berita lainnya</a></div>', ""
        case "next" if following:
            return f'{said}<p><a href="{url}">Berikutnya &raquo;</a></p>', ""
        case "numbered" | "path" | "offset":
            return said + _numbers(plan, part, address, size, url if following else ""), ""
    return "", ""


def _by_script(plan: Plan, part: Part, address: str) -> str:
    """Ways on that a reader without a script does not see as such."""
    pages = [(number, html.escape(address.format(number))) for number in range(1, part.last + 1)]
    match plan["ways"]:
        case "select":
            options = "".join(
                f'<option value="{url}"{" selected" * (number == part.number)}>Halaman {number}</option>'
                for number, url in pages
            )
            return f'<form><select name="hal" onchange="location=this.value">{options}</select></form>'
        case "onclick":
            links = "".join(
                f"""<li><a href="javascript:void(0)" onclick="pindah('{url}')">{number}</a></li>"""
                for number, url in pages
            )
            return f'<ul class="pagination">{links}</ul>'
    return (
        f'<div id="muat" data-endpoint="/api/berita" data-page="{part.number}" '
        f'data-last-page="{part.last}">Memuat...</div>'
    )


def _total(plan: Plan, part: Part, size: int) -> str:
    told = plan.random("total").random() < 0.3
    if plan["pages"] not in {"sound", "wrong_total"} or not (told or plan["pages"] == "wrong_total"):
        return ""
    first = (part.number - 1) * size + 1
    return f"<p>Menampilkan {first} - {first + len(part.posts) - 1} dari {part.total} berita</p>"


def _numbers(plan: Plan, part: Part, address: str, size: int, following: str) -> str:
    shown = sorted({1, *range(max(1, part.number - 2), min(part.last, part.number + 3) + 1), part.last})
    if plan["pages"] == "last_again":
        shown = [number for number in shown if number <= part.number]
    links = ""
    for number in shown:
        url = html.escape(address.format((number - 1) * size if plan["pager"] == "offset" else number))
        links += (
            f"<li><b>{number}</b></li>" if number == part.number else f'<li><a href="{url}">{number}</a></li>'
        )
    if following:
        links += f'<li><a href="{following}">Selanjutnya</a></li>'
    return f'<ul class="pagination">{links}</ul>'
