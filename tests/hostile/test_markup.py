"""The scan ahead of the parser: what it leaves alone, what it lays flat, and that it takes linear time."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from activity.visit import Fetch, Page, Purpose
from crawler.extract.page import markup
from crawler.extract.page.document import parse_document
from crawler.extract.page.markup import MOST_ATTRIBUTES, MOST_DEPTH, bound_markup

GOLDEN = Path(__file__).parents[1] / "golden"
N = 6_000

DEEP = {
    "div": "<div>" * N,
    "closed in the end": "<div>" * N + "</div>" * N,
    "closed by strangers": "<div></x>" * N,
    "closed in comments": "<div><!--</div>-->" * N,
    "closed in an attribute": "<div title='</div>'>" * N,
    "closed in a script": '<div><script>"</div>"</script>' * N,
    "closed behind the body": "<div></body>" * N,
    "inline between": "<span><div></span>" * N,
    "formats between": "<b><div></b>" * N,
    "links between": "<div><a><p></a>" * N,
    "a link and a block": "<a><div>" * N,
    "lists": "<ul><li>" * N,
    "items in sections": "<li><section>" * N,
    "definitions": "<dl><dd>" * N,
    "tables": "<table><tr><td><div>" * N,
    "forms": "<form><div></form>" * N,
    "options outside": "<option><div>" * N,
    "capital letters": "<DIV>" * N,
    "closing itself": "<div/>" * N,
    "a drawing": "<svg><foreignObject><div>" * N,
    "unknown names": "<x-y>" * N,
    "font never closed": "".join(f"<p><font id={i}>x" for i in range(N)),
    "font before many": "".join(f"<font id={i}>x" for i in range(900)) + "<p>x</p>" * N,
    "attributes": "<a " + " ".join(f"a{i}" for i in range(10 * N)) + ">x</a>",
    "attributes with a mark": "<a " + " ".join(f"a{i}='>'" for i in range(10 * N)) + ">x</a>",
    "attributes in many": ("<a " + " ".join(f"a{i}" for i in range(N)) + ">x</a>") * 10,
    "paragraphs": "<p>" * 300_000,
    "begun tags": "<a" * 100_000,
    "begun comments": "<!--" * 100_000,
    "begun closings": "</" * 100_000,
    "begun values": "<a b='" * 100_000,
    "begun scripts": "<script></scrip" * 50_000,
    "links of breaks": "<a>" + "<br>" * 200_000,
    "behind a sign that is a name": '<a ="><div><div><div>">' * N,
    "behind a value without quotes": '<a b=c="><div><div><div>">' * N,
    "behind a space that is a name": '<a \xa0="> ">' + "<div>" * N,
    "behind a name with a space": "<style\xa0x>" + "<div>" * N + "</style>",
    "behind a letter that is another": "<\u017ftyle>" + "<div>" * N + "</style>",
    "behind a script in a script": "<script><!--<script></script><style></script></script>"
    + "<div>" * N
    + "</style>",
    "behind a script's half end": '<script></script"<style></script>' + "<div>" * N + "</style>",
    "behind what a drawing calls text": "<svg><![CDATA[ ></svg><style> ]]>" + "<div>" * N + "</style>",
    "behind a drawing's row": "<svg><tr></svg>" + "<div><style></div></style>" * N,
    "behind a description": "<svg><desc><div></svg></div></desc><style>" + "<div>" * N + "</style>",
    "behind a formula's letter": "<math><mi><div></math></div></mi><style>" + "<div>" * N + "</style>",
    "groups in a drawing": "<svg>" + "<g>" * N + "</svg>",
    "groups in open drawings": "<svg><g>" * N,
    "blocks in drawings": "<svg><div></svg>" * N,
    "ends in drawings": "<svg></p><g></svg>" * N,
    "fields in a drawing": "<svg>" + "<input>" * N,
    "a value's slash in a drawing": "<svg>" + "<g x=/>" * N + "</svg>",
    "a block's slash in a drawing": "<svg><foreignObject>" + "<div/>" * N,
    "a block's slash in a title": "<svg><title>" + "<div/>" * N,
    "a block's slash in a formula": "<math><annotation-xml><svg></svg>" + "<div/>" * N,
}


def depth_of(tree):
    """How deep a tree is, without recursion."""
    best = depth = 0
    node = tree.root
    while node is not None:
        depth += 1
        best = max(best, depth)
        below = node.first_child
        if below is not None:
            node = below
            continue
        depth -= 1
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return best


@pytest.mark.parametrize("name", DEEP)
def test_nothing_is_deeper_than_a_browser_would_make_it(name):
    start = process_time()
    tree = LexborHTMLParser(bound_markup(DEEP[name]))
    assert process_time() - start < 0.4 + len(DEEP[name]) / 1_000_000
    assert depth_of(tree) <= 3 * MOST_DEPTH  # a table brings its own body along


@pytest.mark.parametrize("count", [60, 300, 500])
def test_an_honest_page_may_be_nested(count):
    html = (
        "<div class='wp-block-group'>" * count
        + "<a href='/b'>Rapat</a>"
        + "</div>" * count
        + "<p>x</p>" * 5_000
    )
    assert bound_markup(html) is html


LEGACY = {
    "items never closed": "<ul>" + "<li><a href='/b'>Rapat</a>" * N + "</ul>",
    "paragraphs never closed": "<p>Rapat dinas" * N,
    "cells never closed": "<table>" + "<tr><td><font color=red>a<td>b" * N + "</table>",
    "options": "<select>" + "<option>2026" * N + "</select>",
    "links never closed": "<a href='/b'>Rapat<br>" * N,
    "terms": "<dl>" + "<dt>a<dd>b" * N + "</dl>",
    "one colour for ever": "<font color='red'>Rapat<p>" * N,
    "headings never closed": "<h3>Rapat" * N,
    "pictures": "<img src=a><br><hr>" * N,
    "drawings": "<svg viewBox='0 0 1 1'><path d='M0'/><circle r='1'/></svg>" * N,
    "markup in scripts": "<p>x</p><script>document.write('<div>')</script>" * N,
    "comments": "<!-- <div> --><p>x</p>" * N,
    "arrows in values": '<a title="a > b" data-x="<div>">x</a>' * N,
    "scripts in old scripts": "<p>x</p><script><!--\ndocument.write('<script>x</script>');\n//--></script>"
    * N,
}


@pytest.mark.parametrize("name", LEGACY)
def test_markup_of_old_is_left_as_it_is(name):
    assert bound_markup(LEGACY[name]) is LEGACY[name]


BEFORE_MANY = {
    "a sign that is a name": ('<a ="> ', '">'),
    "a value without quotes": ('<a b=c="> ', '">'),
    "marks in values": ("<a " + " ".join(f"b{i}='>'" for i in range(3_000)) + ">", ""),
    "a name with a space": ("<style\xa0x>", "</style>"),
    "a letter that is another": ("<\u017ftyle>", "</style>"),
    "a script in a script": ("<script><!--<script></script><style></script></script>", "</style>"),
    "a description": ("<svg><desc><div></svg></div></desc><style>", "</style>"),
    "a formula's letter": ("<math><mi><div></math></div></mi><style>", "</style>"),
}


@pytest.mark.parametrize("name", BEFORE_MANY)
def test_no_page_hides_a_tag_of_many_attributes(name):
    before, behind = BEFORE_MANY[name]
    tree = LexborHTMLParser(
        bound_markup(f"{before}<a {' '.join(f'a{i}' for i in range(3_000))}>x</a>{behind}")
    )
    assert most_attributes(tree) <= MOST_ATTRIBUTES


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.html")), ids=lambda path: path.name)
def test_no_page_of_ours_is_changed(path, monkeypatch):
    """Not even where each is scanned, as only very long ones are."""
    monkeypatch.setattr(markup, "_is_modest", lambda _: False)
    html = path.read_text("utf-8", "replace")
    assert bound_markup(html) is html


def test_text_below_the_depth_is_kept():
    html = "<div>" * 3_000 + "<p>Rapat</p>" + "</div>" * 3_000 + "<p>x</p>" * 2_000
    bounded = bound_markup(html)
    assert "Rapat" in bounded
    assert bounded.count("<div>") == bounded.count("</div>") == MOST_DEPTH


def test_pictures_in_the_text_leave_room_for_the_text():
    html = f"<img src='data:image/png;base64,{'A' * 4_000_000}'><p>Rapat</p>"
    assert "Rapat" in bound_markup(html)


OPENED = ("div", "p", "b", "a", "table", "tr", "td", "li", "ul", "span", "script", "svg", "option", "select")
PIECES = st.sampled_from(
    ["<a href='/x'>", "<a b='", "<!--", "-->", "<", ">", '"', "'", "&", "x", "<br>"]
    + [f"<{name}>" for name in OPENED]
    + [f"</{name}>" for name in OPENED]
)


@given(st.lists(PIECES, min_size=1, max_size=12), st.integers(400, 900))
def test_whatever_is_repeated_stays_shallow(pieces, count):
    html = "".join(pieces) * count
    tree = LexborHTMLParser(bound_markup(html))
    assert depth_of(tree) <= 4 * max(MOST_DEPTH, markup._SOME_TAGS)


MANY = "<a " + " ".join(f"a{i}" for i in range(2_000)) + ">x</a>"
HIDING = ("svg", "math", "script", "style", "title", "textarea", "div", "select", "template")
HIDDEN = st.sampled_from(
    ["<a b='", '<a b="', "<!--", "-->", "<![CDATA[", "]]>", "<?", ">", "'", '"', "x", "<svg/>"]
    + [f"<{name}>" for name in HIDING]
    + [f"</{name}>" for name in HIDING]
)


@given(st.lists(HIDDEN, max_size=9), st.lists(HIDDEN, max_size=3))
def test_many_attributes_are_no_better_hidden_from_the_short_way(before, behind):
    html = "".join(before) + MANY + "".join(behind)
    short, whole = (LexborHTMLParser(text) for text in (html, markup._Scan(html).run()))
    if markup._FEW_EACH.match(html) is not None:
        assert most_attributes(short) <= max(MOST_ATTRIBUTES, most_attributes(whole))


def most_attributes(tree):
    return max(len(node.attributes) for node in tree.root.traverse())


@pytest.mark.parametrize(
    "charset",
    ["idna", "punycode", "undefined", "rot13", "unicode_escape", "zlib", "klingon", "utf-7", "hex", "-"],
)
def test_a_charset_that_no_browser_knows(charset, now):
    body = f"<meta charset={charset}><p>Rapat \\ud800 +2AA-".encode() + b"\xe9\xff</p>"
    page = Page(Fetch("https://a.go.id/", Purpose.HOME), "https://a.go.id/", 200, now, body=body)
    assert "Rapat" in parse_document(page).html
