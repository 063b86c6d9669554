"""The machine's own Chromium: how it is started, and how one page of it is opened.

It is started without any network: every name is unknown to it and its proxy does not exist. What a page
asks for is fetched by us and handed in (`crawler.browser.tab`), so the guard, the resolver that cannot be
rebound, certificates, sizes and times are those of every other exchange.
"""

import os
from contextlib import suppress
from typing import Any, Final

from playwright.async_api import Browser as Chromium
from playwright.async_api import Error, Playwright, async_playwright

from crawler.browser.tab import Tab
from crawler.drive.driver import Answer

__all__ = ["Browser", "compose_context", "compose_settings"]

_FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--block-new-web-contents",
    "--blink-settings=imagesEnabled=false",
    # No way out: names and literal addresses resolve to nothing, the proxy least of all, and WebRTC,
    # which would send datagrams past it, keeps to the proxy.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://denyut.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    # A page of an office needs less; one that wants more crashes alone.
    "--js-flags=--max-old-space-size=256",
)


def compose_settings(program: str) -> dict[str, Any]:
    """Compose Scrapy's and scrapy-playwright's settings for a crawl that renders."""
    return {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.edge.rendering.RenderingHandler",
            "https": "crawler.edge.rendering.RenderingHandler",
            "file": None,
            "ftp": None,
            "s3": None,
            "data": None,
        },
        # Default: starts a process of its own at once for each scheme, needed or not.
        "PLAYWRIGHT_BROWSER_PROVIDER": "crawler.edge.rendering.LateProvider",
        "PLAYWRIGHT_LAUNCH_OPTIONS": _compose_launch(program),
        # Default 30 s, in milliseconds: nothing is ever downloaded, so there is nothing to wait for.
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 500,
    }


def _compose_launch(program: str) -> dict[str, Any]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": program,
        "args": list(_FLAGS),
        # Chromium refuses its sandbox to root, as in a container; for anybody else it stays.
        "chromium_sandbox": not root,
        # A crawl that is interrupted closes its browser itself, after the pages under way.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }


def compose_context(user_agent: str, zone: str) -> dict[str, Any]:
    """Compose a profile for one page: empty before, thrown away after.

    Args:
        zone: in which the page's script writes dates, as for a reader in that place.
    """
    return {
        "user_agent": user_agent,
        "locale": "id-ID",
        "timezone_id": zone,
        "accept_downloads": False,
        "service_workers": "block",
        # High, so that lists which grow as one scrolls show more at once.
        "viewport": {"width": 1280, "height": 2400},
    }


class Browser:
    """Chromium for one visit outside a crawl; started when first needed."""

    def __init__(self, program: str, user_agent: str, zone: str) -> None:
        self._program = program
        self._context = compose_context(user_agent, zone)
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None

    async def render(self, tab: Tab) -> Answer:
        """Show one page; a failure is an answer, too."""
        return await tab.render(lambda: self._show(tab))

    async def close(self) -> None:
        """End the program, if it was started."""
        with suppress(Error):
            if self._chromium is not None:
                await self._chromium.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _show(self, tab: Tab) -> None:
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        if self._chromium is None or not self._chromium.is_connected():
            self._chromium = await self._playwright.chromium.launch(**_compose_launch(self._program))
        context = await self._chromium.new_context(**self._context)
        page = await context.new_page()
        await tab.furnish(page)
        await page.goto(tab.url, wait_until="domcontentloaded")
        await tab.settle(page)
