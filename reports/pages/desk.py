"""The pages of those who sign in, and every page that is a form or a refusal: values to HTML."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment

from activity.speech.plain import show_plain
from reports.link import link_web
from reports.messages import text
from reports.pages.voice import make_environment
from reports.wording import Language

__all__ = ["DeskPages"]


class DeskPages:
    """Pages beside those of a semester, in one language.

    Args:
        city: for titles.
        language: `id` or `en`; raises ConfigError for another.
        zone: in which days are told.
    """

    def __init__(self, city: str, language: str, zone: ZoneInfo) -> None:
        self.language = Language.parse(language)
        self._environment: Environment = make_environment(self.language, "desk/desk.css")
        local: Callable[[datetime], date] = lambda moment: moment.astimezone(zone).date()  # noqa: E731
        self._environment.globals |= {
            "city": city,
            "local": local,
            "whole": show_plain,
            "post_link": link_web,
        }

    @property
    def policy(self) -> str:
        """What a browser may do on these pages: their own style, and forms to where they came from."""
        said = str(self._environment.globals["policy"])
        own = said.replace("form-action 'none'", "form-action 'self'")
        return f"{own}; frame-ancestors 'none'"

    def draw(self, template: str, **values: Any) -> bytes:
        """One page; `values` are what its template names."""
        return self._environment.get_template(f"desk/{template}.html.j2").render(**values).encode()

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the catalogue."""
        return text(key, self.language, **values)
