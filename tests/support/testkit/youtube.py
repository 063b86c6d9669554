"""YouTube's Data API as far as a channel's uploads go, made up: counters, lists, quota and faults."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["KEY", "FakeChannel", "Video", "YouTube", "refusal"]

KEY = "AIzaSampleKey-of_the-loopback-server000"


@dataclass
class Video:
    """One upload; `at` None leaves its moment out, as for one that is private."""

    id: str
    at: datetime | None
    title: str = "Vaksin gratis"
    privacy: str = "public"
    owner: str | None = None
    added: datetime | None = None


@dataclass
class FakeChannel:
    """A channel with its uploads, newest first."""

    id: str
    handle: str
    videos: list[Video] = field(default_factory=list)
    hidden: bool = False
    count: int | None = None


def refusal(status: int, reason: str, *, newer: bool = False) -> tuple[int, bytes]:
    """An error as Google writes it; the message repeats what nobody may see."""
    error: dict[str, Any] = {"code": status, "message": f"{reason} for {KEY}"}
    if newer:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}
        error |= {"status": "INVALID_ARGUMENT", "details": [info]}
    else:
        error["errors"] = [{"message": "x", "domain": "youtube.quota", "reason": reason}]
    return status, json.dumps({"error": error}).encode()


@dataclass
class YouTube:
    """Answers calls; `quota` is how many units are left, `fault` may answer in its stead."""

    channels: list[FakeChannel] = field(default_factory=list)
    quota: int = 10_000
    fault: Callable[[str, dict[str, str]], tuple[int, bytes] | None] = lambda *_: None
    page: int = 50
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    def answer(self, url: str, key: str | None = KEY) -> tuple[int, bytes]:
        """The status and body of one call."""
        parts = urlsplit(url)
        resource = parts.path.rpartition("/")[2]
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append((resource, asked))
        if key != KEY:
            return refusal(400, "API_KEY_INVALID", newer=True)
        if self.quota <= 0:
            return refusal(403, "quotaExceeded")
        self.quota -= 1
        if (faulty := self.fault(resource, asked)) is not None:
            return faulty
        body = self._find(asked) if resource == "channels" else self._list(asked)
        return body if isinstance(body, tuple) else (200, json.dumps(body).encode())

    def _find(self, asked: dict[str, str]) -> dict[str, Any]:
        handle, number = asked.get("forHandle", "").removeprefix("@"), asked.get("id")
        found = [c for c in self.channels if c.id == number or c.handle.lower() == handle.lower() != ""]
        answer: dict[str, Any] = {"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": 0}}
        for channel in found:
            public = [video for video in channel.videos if video.privacy == "public"]
            count = len(public) if channel.count is None else channel.count
            statistics = {"viewCount": "9", "hiddenSubscriberCount": channel.hidden, "videoCount": str(count)}
            statistics |= {} if channel.hidden else {"subscriberCount": "1230"}
            related = {"likes": "", "uploads": f"UU{channel.id[2:]}"}
            item = {"kind": "youtube#channel", "id": channel.id, "statistics": statistics}
            answer.setdefault("items", []).append({**item, "contentDetails": {"relatedPlaylists": related}})
        return answer

    def _list(self, asked: dict[str, str]) -> dict[str, Any] | tuple[int, bytes]:
        owner = next((c for c in self.channels if f"UU{c.id[2:]}" == asked["playlistId"]), None)
        if owner is None or not owner.videos:
            return refusal(404, "playlistNotFound")
        start = int(asked.get("pageToken", "p0")[1:])
        shown = owner.videos[start : start + self.page]
        more = start + self.page < len(owner.videos)
        items = [_item(each, owner) for each in shown]
        body: dict[str, Any] = {"kind": "youtube#playlistItemListResponse", "items": items}
        body["pageInfo"] = {"totalResults": len(owner.videos), "resultsPerPage": self.page}
        return body | ({"nextPageToken": f"p{start + self.page}"} if more else {})

    def serve(self) -> tuple[str, ThreadingHTTPServer]:
        """The same on loopback: its address, and what must be shut down."""
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                api.heads.append({name.lower(): value for name, value in self.headers.items()})
                status, body = api.answer(self.path, self.headers.get("X-Goog-Api-Key"))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", server


def _item(video: Video, owner: FakeChannel) -> dict[str, Any]:
    added = video.added or video.at
    snippet = {"title": video.title, "resourceId": {"kind": "youtube#video", "videoId": video.id}}
    snippet |= {"channelId": owner.id, "videoOwnerChannelId": video.owner or owner.id}
    if added is not None:
        snippet["publishedAt"] = _stamp(added)
    details = {"videoId": video.id}
    if video.at is not None:
        details["videoPublishedAt"] = _stamp(video.at)
    status = {"privacyStatus": video.privacy}
    return {"id": f"VVU{video.id}", "snippet": snippet, "contentDetails": details, "status": status}


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
