from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activity.errors import ConfigError
from cli.config import Config, load_config, parse_moment

_ROOT = Path(__file__).parents[2]
_WITA = ZoneInfo("Asia/Makassar")


def test_nothing_set_gives_usable_settings():
    config = load_config({})
    assert config.database_url == "sqlite:///denyut.db"
    assert config.zone.key == "Asia/Jakarta"
    assert config.tokens == {}
    assert config.allowed_networks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)),
        ("2026-06-30T01:30", datetime(2026, 6, 29, 17, 30, tzinfo=UTC)),
        ("2026-06-30T01:30+07:00", datetime(2026, 6, 29, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_citys_zone(text, expected):
    assert parse_moment(text, _WITA) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DENYUT_TIMEZONE", "Mars/Olympus"),
        ("DENYUT_NOW", "yesterday"),
        ("DENYUT_ALLOW_PRIVATE_NETWORKS", "127.0.0.1/99"),
        ("DENYUT_CRAWL_AT", "25:00"),
        ("DENYUT_DELAY", "-1"),
        ("DENYUT_DELAY", "nan"),
        ("DENYUT_CONCURRENCY", "many"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable, value):
    with pytest.raises(ConfigError) as caught:
        load_config({variable: value})
    assert variable in str(caught.value)


def test_tokens_never_show_in_what_is_printed_of_the_settings():
    config = load_config({"DENYUT_INSTAGRAM_TOKEN": "EAAsecret", "DENYUT_FACEBOOK_TOKEN": "EABsecret"})
    assert "secret" not in repr(config)
    assert "secret" not in str(config)
    assert set(config.tokens) == {"instagram", "facebook"}


def test_the_documented_settings_are_the_settings():
    text = (_ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text.split("<!-- end of settings -->")[0].split("|---|---|---|\n")[-1]
    expected = [
        f"| `{f.metadata['variable']}` | "
        f"{'`' + f.metadata['default'] + '`' if f.metadata['default'] else '–'} | {f.metadata['meaning']} |"
        for f in fields(Config)
        if f.metadata
    ]
    assert table.strip().splitlines() == expected
