"""What an answer says about the site behind it, in words that a person can check."""

import re
from dataclasses import dataclass

from activity.outcome import Failure, Outcome
from activity.visit import Page, Purpose
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import host_of

__all__ = ["PageVerdict", "judge_document", "judge_move", "judge_page", "visible_text"]

# Longer texts are articles that speak of maintenance, parking or robots.
SHORT_TEXT = 1_500
# A post of four paragraphs is shorter, and may speak of "Perbaikan Jembatan"; a host's own page says less.
_SHORT_ARTICLE = 400
FEW_LINKS = 12

_ELSEWHERE = re.compile(
    r"(^|\.)(facebook|instagram|youtube|tiktok|twitter|x|linktr|linkedin|google|whatsapp)\.(com|ee)$"
)
_FAILURES = {
    Failure.ROBOTS: Outcome.REFUSED,
    Failure.PRIVATE_ADDRESS: Outcome.MISCONFIGURED,
    Failure.BUDGET: Outcome.LIMITED,
    Failure.TOKEN_MISSING: Outcome.NO_TOKEN,
    Failure.TOO_LARGE: Outcome.UNPARSABLE,
}
_STATUSES = {
    401: Outcome.BLOCKED,
    403: Outcome.BLOCKED,
    404: Outcome.GONE,
    406: Outcome.BLOCKED,
    410: Outcome.GONE,
    429: Outcome.THROTTLED,
    451: Outcome.BLOCKED,
    509: Outcome.SUSPENDED,
}
_SIGNS = (
    (
        Outcome.SUSPENDED,
        r"account (has been |is )?suspended|suspendedpage\.cgi|bandwidth limit exceeded",
        r"hosting (anda )?(telah )?di(suspend|tangguhkan)",
        r"(situs|website|akun) ini (telah )?(di ?suspend|ditangguhkan)",
    ),
    (
        Outcome.PARKED,
        r"domain (name )?(is|may be) (for sale|parked)|buy this domain|this domain (is|has) (parked|expired)",
        r"domain ini (dijual|(telah|sudah) k[ae]d[ae]luwarsa|sedang diparkir)",
        r"sedoparking|parkingcrew|hugedomains",
        r"(domain|website) (ini )?(belum (aktif|memiliki konten)|baru saja (dibuat|didaftarkan))|^index of /",
        r"(apache2?|nginx|debian|ubuntu|centos|iis)\b.{0,30}\bdefault page|welcome to nginx|^it works!$",
        r"default web ?(site )?page|future home of something quite cool",
    ),
    (
        Outcome.BLOCKED,
        r"just a moment\.\.\.|checking (if the site connection is secure|your browser)|cf-chl-",
        r"attention required! \| cloudflare|verify(ing)? (that )?you are (a )?human|incapsula incident",
        r"one moment, please|imunify360|mod_security|bitninja|the requested url was rejected",
        r"ddos-guard|request rejected|sucuri website firewall|access denied|akses ditolak|anda bukan robot",
        r"enable javascript and cookies to continue|this site requires javascript to work",
    ),
    (
        Outcome.MAINTENANCE,
        # "Dalam rangka Perbaikan Jalan" tells of a work, not of the site.
        r"(sedang|masih|tengah|dalam)(?! (?:rangka|upaya|kegiatan|acara|program|proyek)\b) (\w+ ){0,2}"
        r"(perbaikan|pemeliharaan|maintenance|pengembangan|pembangunan|gangguan)",
        r"(under|undergoing|scheduled|down for|site) (construction|maintenance)|maintenance mode",
        r"coming soon|segera hadir|we('|’)ll be (right )?back|akan segera kembali|be back soon",
        r"error establishing a database connection|service (temporarily )?unavailable|mode pemeliharaan",
        r"briefly unavailable for scheduled maintenance",
        r"(layanan|situs|website) (\w+ ){0,3}tidak dapat diakses",
        r"(bad gateway|gateway time-?out|internal server error)$",
    ),
)
_COMPILED = tuple(
    (outcome, re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)) for outcome, *patterns in _SIGNS
)


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """Why a page is no healthy page of its site; `detail` quotes the evidence."""

    outcome: Outcome
    detail: str


def judge_page(page: Page) -> PageVerdict | None:
    """Judge an answer by its failure, its status and its text; None when it is healthy."""
    if page.failure is not None:
        detail = f"{page.fetch.url}: {page.failure}" + (f" ({page.detail})" if page.detail else "")
        return PageVerdict(_FAILURES.get(page.failure, Outcome.UNREACHABLE), detail)
    if page.status == 304:
        return None
    if not page.ok:
        return _judge_status(page)
    if not page.body.strip():
        return PageVerdict(Outcome.EMPTY, f"{page.url} answered {page.status} with an empty page.")
    kind = page.headers.get("content-type", "text/html").lower()
    if not any(word in kind for word in ("html", "text/plain", "xml")):
        return _judge_kind(page, kind)
    return judge_document(parse_document(page))


def judge_move(registered: str, final: str, *, strict: bool = False) -> str | None:
    """Judge why the page reached is not the office's own site; None when it is, under whatever name.

    A kelurahan's address that ends on the city's portal, or on a social network, shows somebody
    else's posts; one that ends on another host of its own is followed.

    Args:
        strict: take every other name for another site, but for one below or above the registered one.
    """
    old, new = host_of(registered), host_of(final)
    if old == new or (strict and (old.endswith(f".{new}") or new.endswith(f".{old}"))):
        return None
    if strict or old.endswith(f".{new}") or _ELSEWHERE.search(new):
        return f"{registered} leads to {final}, which is not the office's own site."
    return None


def _judge_kind(page: Page, kind: str) -> PageVerdict | None:
    """A page must be text of some sort; what it is called matters little."""
    start = page.body[:2_000]
    if b"<" in start or start.lstrip()[:1] in {b"{", b"["}:
        return None
    return PageVerdict(Outcome.UNPARSABLE, f"{page.url} answered with {kind}, which is no page to read.")


def _judge_status(page: Page) -> PageVerdict:
    status = page.status or 0
    detail = f"{page.url} answered {status}."
    if status in {503, 403, 429, 200}:
        found = _find_sign(page.body[:20_000].decode("utf-8", "replace"))
        if found is not None:
            return PageVerdict(found[0], f"{page.url} answered {status} and reads {found[1]!r}.")
    if status == 503 and "retry-after" in page.headers:
        return PageVerdict(Outcome.MAINTENANCE, f"{page.url} answered 503 and asks to come back later.")
    return PageVerdict(_STATUSES.get(status, Outcome.UNREACHABLE), detail)


def judge_document(document: Document) -> PageVerdict | None:
    """Judge a page that came with 200: suspended, parked, a challenge, maintenance; else None."""
    page = document.page
    if "suspendedpage.cgi" in page.url:
        return PageVerdict(Outcome.SUSPENDED, f"The host sends visitors to {page.url}.")
    tree = document.tree
    title = tree.css_first("title")
    heading = " ".join(title.text().split()) if title else ""
    text = visible_text(document)
    links = len(tree.css("a[href]"))
    most = _SHORT_ARTICLE if page.fetch.purpose is Purpose.ARTICLE else SHORT_TEXT
    if len(text) > most or links > FEW_LINKS:
        return None
    found = _find_sign(f"{heading}\n{text}") or _find_script_sign(document.html)
    if found is None:
        return None
    return PageVerdict(found[0], f"{page.url} answered {page.status} and reads {found[1]!r}.")


def visible_text(document: Document, limit: int = 4_000) -> str:
    """Read the body's text without scripts and styles, on one line, cut at a limit."""
    body = document.tree.body
    if body is None:
        return ""
    parts: list[str] = []
    size = 0
    for node in body.traverse(include_text=True):
        if node.tag != "-text" or (
            node.parent and node.parent.tag in {"script", "style", "noscript", "template"}
        ):
            continue
        words = " ".join((node.text_content or "").split())
        if words:
            parts.append(words)
            size += len(words) + 1
        if size > limit:
            break
    return " ".join(parts)


def _find_sign(text: str) -> tuple[Outcome, str] | None:
    for outcome, pattern in _COMPILED:
        match = pattern.search(text)
        if match is not None:
            return outcome, " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())
    return None


def _find_script_sign(html: str) -> tuple[Outcome, str] | None:
    match = re.search(r"cf-chl-|/aes\.js|slowAES|_Incapsula_Resource|captcha-delivery", html[:20_000])
    return (Outcome.BLOCKED, match[0]) if match else None
