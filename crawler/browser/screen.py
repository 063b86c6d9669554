"""What a page in the browser shows: how much of it there is, and the button that asks for more."""

from playwright.async_api import Error, Page

from crawler.discover.more import MORE_LABEL

__all__ = ["glance", "press_more", "read"]

_STATE = """() => [document.links.length, document.getElementsByTagName("*").length,
    document.documentElement.textContent.length]"""
# Presses what continues the list, if it stands there but once or twice; says whether there was such a thing.
_PRESS = """label => {
    const whole = new RegExp("^(?:" + label + ")$", "i");
    const all = document.querySelectorAll("button, [role=button], input[type=button], a:not([href]), " +
        "a[href^='#'], a[href^='javascript']");
    const found = [...all].filter(e => !e.disabled && e.getClientRects().length && !e.closest("form") &&
        !e.hasAttribute("aria-expanded") &&
        (whole.test((e.innerText || e.value || e.ariaLabel || "").trim().replace(/[ .…»›+↓▼]+$/, "")) ||
        /(^|[\\s_-])(load|show|view)[_-]?more/i.test(e.className + " " + e.id)));
    if (found.length < 1 || found.length > 2) return false;
    found[found.length - 1].click();
    return true;
}"""
_READ = """most => {
    const html = document.documentElement.outerHTML;
    return html.length > most ? null : html;
}"""


async def glance(page: Page) -> list[int] | None:
    """Count links, elements and letters of a page; None while it is too busy with itself to say."""
    try:
        state: list[int] = await page.evaluate(_STATE)
    except Error:
        return None
    return state


async def press_more(page: Page) -> bool:
    """Press what continues the page's list; whether there was such a button."""
    try:
        pressed: bool = await page.evaluate(_PRESS, MORE_LABEL)
    except Error:
        return False
    return pressed


async def read(page: Page, most: int) -> str | None:
    """Read the page's HTML as it stands; None for more than so many letters."""
    html: str | None = await page.evaluate(_READ, most)
    return html
