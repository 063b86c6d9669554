"""Where an office's posts and lists stand, under whatever addresses, and whose an address is."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from tests.awkward.plan import Plan
from tests.awkward.post import Life, Post, slug

__all__ = ["BASE", "HOST", "SECOND", "Addresses"]

_SESSION = re.compile(r";jsessionid=\w+")
HOST = "dinas-seruni.example.go.id"
BASE = f"https://{HOST}"
# The second section's folder, and its name in the menu.
SECOND = {
    "pengumuman": ("pengumuman", "Pengumuman"),
    "kegiatan": ("kegiatan", "Kegiatan"),
    "siaran": ("siaran-pers", "Siaran Pers"),
}


class Addresses:
    """The address of each post at each moment, and back."""

    def __init__(self, plan: Plan, life: Life) -> None:
        self.plan, self.life = plan, life
        self.moved = life.nights[5] if plan["change"] == "moved" else None
        source = plan.random("address")
        self.folder = source.choice(("berita", "kabar", "artikel", "news"))
        self.word = source.choice(("page", "hal", "p", "halaman"))
        if plan["delivery"] != "html":
            self.word = "page"  # the state names its pages so
        self.start = source.choice(("start", "offset", "mulai"))
        self.tail = source.choice(("/page/{}/", "/{}"))
        self._known: dict[str, str] = {}
        self._owners = {self._bare(url): p for p in life.posts for url in self._ever(p)}

    def list(self, section: str, now: datetime, language: str = "id") -> str:
        """The list of a section."""
        if self.plan["home"] == "list" and section == "berita" and language == "id":
            return "/"
        if self.plan["menu"] == "numbered":
            number = 12 if section == "berita" else 14
            return f"/index.php?option=com_content&view=category&layout=blog&id={number}&Itemid=101"
        name = self._folder(now) if section == "berita" else SECOND[self.plan["second"]][0]
        if self.plan["address"] == "query":
            return f"/index.php?modul={name}"
        if self.plan["language"] == "folder":
            return f"/{language}/{name}"
        if self.plan["language"] == "hreflang" and language == "en":
            return "/en/news"
        return f"/{name}" + ("?lang=en" if language == "en" else "")

    def page(self, section: str, now: datetime, language: str = "id") -> str:
        """The address of a further page, with one `{}`."""
        first, kind = self.list(section, now, language), self.plan["pager"]
        if kind == "path" and "?" not in first:
            return first.rstrip("/") + self.tail
        joint = "&" if "?" in first else "?"
        return f"{first}{joint}{self.start if kind == 'offset' else self.word}={{}}"

    def post(self, post: Post, now: datetime, *, home: bool = False, language: str = "id") -> str:
        """Where a link tonight leads to a post."""
        if self.plan["documents"] == "pdf":
            return f"/unduh/{post.number}/{slug(post.title)}.pdf"
        if self.plan["documents"] == "drive":
            return f"https://drive.google.com/file/d/1aZ{post.number}xQ/view"
        if home and self.plan["address"] == "two":
            return f"/index.php/component/k2/item/{post.number}-{slug(post.title)}"
        if language == "en":
            return self._english(post, now)
        url = self._path(post, now)
        if home and self.plan["twin"] != "none":
            return self._twin(url)
        if home and self.plan["host"] == "mixed":
            url = f"http://www.{HOST}{url}"
        elif self.plan["language"] == "folder":
            return f"/id{url}"
        if self.plan["session"] == "path":
            return f"{url};jsessionid={crc32(f'{now} {self.plan.seed}'.encode()):08X}"
        return f"{url}?v={now:%m%d}a{now.day % 7}" if self.plan["address"] == "nightly" else url

    def _twin(self, url: str) -> str:
        """The same post's other address, to which the home page leads."""
        folder, _, name = url.rpartition("/")
        match self.plan["twin"]:
            case "amp":
                return f"{url}/amp"
            case "slash":
                return f"{url}/"
            case "case":
                return f"{folder}/{name.title()}"
        return f"/umum/{name}"

    def _english(self, post: Post, now: datetime) -> str:
        match self.plan["language"]:
            case "hreflang":
                return f"/en/news/{post.number}-report"
            case "folder":
                return f"/en{self._path(post, now)}"
        url = self._path(post, now)
        return url + ("&" if "?" in url else "?") + "lang=en"

    def _path(self, post: Post, now: datetime) -> str:
        name, folder = post.slug_at(now), self._folder(now)
        if self.plan["course"] == "recategorised" and post.section == "pengumuman":
            folder = SECOND[self.plan["second"]][0]
        match self.plan["ident"]:
            case "base64":
                return f"/{folder}/baca/{b64encode(str(post.number).encode()).decode()}"
            case "uuid":
                return f"/{folder}/{uuid5(NAMESPACE_URL, str(post.number))}"
        match self.plan["address"]:
            case "number":
                return f"/{folder}/detail/{post.number}"
            case "query":
                return f"/index.php?modul={folder}&aksi=baca&id={post.number}"
            case "dated":
                return f"/{post.when:%Y/%m/%d}/{name}/"
            case "utc_dated":
                return f"/{post.when.astimezone(UTC):%Y/%m/%d}/{name}/"
            case "two":
                return f"/{folder}/item/{post.number}-{name}"
            case "html":
                return f"/{folder}/{name}.html"
            case "both":
                return f"/{folder}/{post.number}-{name}"
        return f"/{folder}/{name}"

    def _folder(self, now: datetime) -> str:
        if self.plan["delivery"] != "html":
            return "berita"
        return "publikasi" if self.moved is not None and now >= self.moved else self.folder

    def _ever(self, post: Post) -> Iterator[str]:
        first, last = self.life.nights[0], self.life.nights[-1]
        for now, there in ((first, post), (last, post), (last, post.as_of(last))):
            yield self.post(there, now)
            yield self.post(there, now, home=True)
            if self.plan["language"] != "one":
                yield self.post(there, now, language="en")
            named = replace(there, reslugged=post.reslugged)
            yield self._path(named, now)

    def owner(self, url: str) -> Post | None:
        """The post that stands, or once stood, under an address."""
        return self._owners.get(self._bare(url))

    def is_old(self, url: str, now: datetime) -> bool:
        """Whether an address is one that its post has no more, so that it redirects."""
        post = self.owner(url)
        if post is None or (self.moved is None and not (post.reslugged or post.category)):
            return False
        if post.category and self.plan.random("category").random() < 0.5:
            # The program finds a post by the last part of its address, whatever stands before.
            return False
        return self._bare(url) != self._bare(self.post(post.as_of(now), now)) and "/component/" not in url

    def _bare(self, url: str) -> str:
        """What is left of an address without its language, its twin's tail and its query."""
        if url not in self._known:  # each night asks for the same ones
            self._known[url] = self._strip(url)
        return self._known[url]

    def _strip(self, url: str) -> str:
        parts = urlsplit(_SESSION.sub("", url.removesuffix("/amp")))
        if self.plan["twin"] == "case":
            parts = parts._replace(path=parts.path.lower())
        if number := parse_qs(parts.query).get("id"):
            return f"id={number[0]}"
        path = (
            re.sub(r"^/(id|en)(?=/)", "", parts.path) if not parts.path.startswith("/en/news") else parts.path
        )
        return f"{parts.netloc if 'drive' in parts.netloc else ''}{path.rstrip('/')}"
