"""Settings: read from the environment once, here and nowhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from activity.channel import CHANNELS, Channel
from activity.errors import ConfigError
from activity.message import Message
from desk.setting.recipient import Recipient, list_officers, read_recipient_file, read_urls
from desk.setting.token import Token, check_secret, read_token_file
from desk.setting.variable import (
    Network,
    Parser,
    at_least,
    is_contact,
    read_clock_time,
    read_language,
    read_level,
    read_networks,
    read_path,
    read_plain,
    read_processes,
    read_secret,
    read_url,
    read_zone,
    whole,
)

__all__ = ["Config", "is_secret", "list_settings", "load_config", "parse_moment"]


def _setting(variable: str, meaning: str, default: str = "", parse: Parser = read_plain) -> Any:
    metadata = {"variable": variable, "meaning": meaning, "default": default, "parse": parse}
    return field(metadata=metadata)


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, with its environment variable, default and meaning as field metadata."""

    database_url: str = _setting(
        "DENYUT_DATABASE", "where the database is: sqlite:///FILE or postgresql://…", "sqlite:///denyut.db"
    )
    database_wait: float = _setting(
        "DENYUT_DATABASE_WAIT",
        "seconds for which a crawl waits for a database server that is gone",
        "300",
        parse=at_least(0),
    )
    zone: ZoneInfo = _setting(
        "DENYUT_TIMEZONE", "the city's time zone, such as Asia/Makassar", "Asia/Jakarta", parse=read_zone
    )
    fixed_now: datetime | None = _setting(
        "DENYUT_NOW", "pretend that it is this moment; a bare date means its end"
    )
    city: str = _setting("DENYUT_CITY", "the city's name, for titles", "Denyut")
    language: str = _setting(
        "DENYUT_LANG", "language of what people read: id or en", "id", parse=read_language
    )
    contact: str = _setting("DENYUT_CONTACT", "an address or URL that the crawl's user agent names")
    allowed_networks: tuple[Network, ...] = _setting(
        "DENYUT_ALLOW_PRIVATE_NETWORKS",
        "private networks that may be crawled, comma separated",
        parse=read_networks,
    )
    rubric: Path | None = _setting(
        "DENYUT_RUBRIC", "a rubric file to score with, instead of the built-in one", parse=read_path
    )
    crawl_at: time = _setting(
        "DENYUT_CRAWL_AT", "local time of the nightly crawl", "01:30", parse=read_clock_time
    )
    crawl_limit: int = _setting(
        "DENYUT_CRAWL_LIMIT", "longest a nightly crawl may take, in minutes", "480", parse=whole(1)
    )
    waves: int = _setting(
        "DENYUT_WAVES", "how often a night tries an account that cannot be seen", "3", parse=whole(1)
    )
    wave_pause: float = _setting(
        "DENYUT_WAVE_PAUSE",
        "minutes between two tries; of a crawl by hand half a minute at most",
        "10",
        parse=at_least(0),
    )
    concurrency: int = _setting("DENYUT_CONCURRENCY", "sites crawled at once", "64", parse=whole(1))
    processes: int | None = _setting(
        "DENYUT_PROCESSES",
        "processes that crawl at once; auto: the machine's cores, one for a small city",
        "auto",
        parse=read_processes,
    )
    shard_memory: int = _setting(
        "DENYUT_SHARD_MEMORY",
        "megabytes a crawling process may take before it is replaced",
        "1000",
        parse=whole(200),
    )
    delay: float = _setting(
        "DENYUT_DELAY", "seconds between two requests to one site", "1", parse=at_least(0)
    )
    timeout: float = _setting(
        "DENYUT_TIMEOUT", "seconds a site may take to answer one request", "25", parse=at_least(0.1)
    )
    graph_url: str = _setting(
        "DENYUT_GRAPH_URL", "Meta's Graph API", "https://graph.facebook.com", parse=read_url
    )
    graph_version: str = _setting("DENYUT_GRAPH_VERSION", "version of the Graph API", "v27.0")
    instagram_user_id: str = _setting(
        "DENYUT_INSTAGRAM_USER_ID", "id of our own Instagram professional account, which asks"
    )
    instagram_token: str = _setting(
        "DENYUT_INSTAGRAM_TOKEN", "token for Instagram (secret)", parse=read_secret
    )
    facebook_token: str = _setting("DENYUT_FACEBOOK_TOKEN", "token for Facebook (secret)", parse=read_secret)
    app_id: str = _setting("DENYUT_APP_ID", "id of the app that both tokens belong to")
    app_secret: str = _setting(
        "DENYUT_APP_SECRET", "that app's secret; calls are signed with it (secret)", parse=read_secret
    )
    tokens_file: Path | None = _setting(
        "DENYUT_TOKENS_FILE",
        "a TOML file of further tokens that only its owner may read (mode 600)",
        parse=read_path,
    )
    message_at: time = _setting(
        "DENYUT_MESSAGE_AT",
        "local time of the morning's message; a crawl at work is waited for",
        "07:00",
        parse=read_clock_time,
    )
    message_urls: tuple[str, ...] = _setting(
        "DENYUT_MESSAGE_URLS",
        "who gets the morning's message: apprise URLs, apart by blanks (secret)",
        parse=read_urls,
    )
    messages_file: Path | None = _setting(
        "DENYUT_MESSAGES_FILE",
        "a TOML file of further recipients that only its owner may read (mode 600)",
        parse=read_path,
    )
    log_level: str = _setting(
        "DENYUT_LOG_LEVEL",
        "what a crawl tells of its work: ERROR, WARNING, INFO or DEBUG",
        "WARNING",
        parse=read_level,
    )
    browser: str = _setting(
        "DENYUT_BROWSER", "renders pages that only a script fills: a Chromium's path, or auto"
    )
    evidence: str = _setting(
        "DENYUT_EVIDENCE",
        "folder for the pages that posts rest on; off keeps none (default: beside the database)",
    )
    evidence_mb: float = _setting(
        "DENYUT_EVIDENCE_MB",
        "megabytes of evidence from which crawl and doctor warn; 0 never",
        "20000",
        parse=at_least(0),
    )
    backups: str = _setting("DENYUT_BACKUPS", "folder for backups (default: beside the database)")
    backup_days: int = _setting(
        "DENYUT_BACKUP_DAYS",
        "days from one scheduled backup to the next; 0 makes none",
        "7",
        parse=whole(0),
    )
    backup_keep: int = _setting(
        "DENYUT_BACKUP_KEEP", "backups that are kept, the newest ones", "4", parse=whole(1)
    )
    keys: Mapping[Channel, str] = field(default_factory=dict)
    api_urls: Mapping[Channel, str] = field(default_factory=dict)
    zone_given: bool = False

    def __repr__(self) -> str:
        return f"Config(zone={self.zone.key}, city={self.city!r})"

    def now(self) -> datetime:
        """The moment in force, aware, UTC."""
        return self.fixed_now or datetime.now(UTC)

    def at(self, moment: str | None) -> "Config":
        """The same settings at another moment, as `--as-of` gives it."""
        return self if moment is None else replace(self, fixed_now=parse_moment(moment, self.zone))

    @property
    def user_agent(self) -> str:
        """What the crawl calls itself: honest, with a contact where one is set."""
        return f"Denyut/0.1 (+{self.contact})" if self.contact else "Denyut/0.1"

    def check_contact(self) -> None:
        """Raise ConfigError where nobody is named whom a site can reach: such a crawl is not begun."""
        if not self.contact:
            raise ConfigError(
                "A crawl names a contact to every site that it visits, and none is set.",
                "Set DENYUT_CONTACT to an e-mail address or URL, or run: denyut init",
            )
        if not is_contact(self.contact):
            raise ConfigError(
                "DENYUT_CONTACT: {contact!r} is neither an e-mail address nor a URL.",
                "Write humas@example.go.id or https://example.go.id/kontak, for example.",
                contact=self.contact,
            )

    def read_tokens(self) -> tuple[Token, ...]:
        """Every token that is set, those of the environment first; raises ConfigError for the file."""
        named = {Channel.INSTAGRAM: self.instagram_token, Channel.FACEBOOK: self.facebook_token}
        own = tuple(
            Token(
                channel.value,
                secret,
                channels=frozenset({channel}),
                app_id=self.app_id,
                app_secret=self.app_secret,
                instagram_user_id=self.instagram_user_id if channel is Channel.INSTAGRAM else "",
            )
            for channel, secret in named.items()
            if secret
        )
        taken = {channel.value for channel in Channel}
        return (*own, *(read_token_file(self.tokens_file, taken) if self.tokens_file else ()))

    def read_recipients(self) -> tuple[Recipient, ...]:
        """Everybody who gets messages; raises ConfigError for the file."""
        named = read_recipient_file(self.messages_file) if self.messages_file else ()
        return (*list_officers(self.message_urls), *named)

    @property
    def tokens(self) -> Mapping[str, str]:
        """Secrets by name; only those that are set."""
        keys = {channel.value: secret for channel, secret in self.keys.items()}
        return keys | {token.name: token.secret for token in self.read_tokens()}

    @property
    def app_secrets(self) -> Mapping[str, str]:
        """Secrets of the tokens' apps, by the tokens' names."""
        return {token.name: token.app_secret for token in self.read_tokens() if token.app_secret}


def list_settings() -> Iterator[tuple[str, str, str]]:
    """Every setting's variable, default and meaning; those of keys come from the table of channels."""
    for each in fields(Config):
        if each.metadata:
            yield each.metadata["variable"], each.metadata["default"], each.metadata["meaning"]
    for channel, facts in CHANNELS.items():
        if facts.api is not None:
            yield facts.api.variable, "", Message("key for the API of {channel} (secret)", channel=channel)
            yield (
                facts.api.url_variable,
                facts.api.url,
                Message("where the API of {channel} is", channel=channel),
            )


def is_secret(variable: str) -> bool:
    """Tell whether a setting's value must never be shown."""
    return any(name == variable and meaning.endswith("(secret)") for name, _, meaning in list_settings())


def load_config(environment: Mapping[str, str]) -> Config:
    """Read every setting; raises ConfigError naming each variable that cannot be used."""
    values: dict[str, Any] = {}
    problems: list[ConfigError] = []
    for each in fields(Config):
        if not each.metadata:
            continue
        variable = each.metadata["variable"]
        text = environment.get(variable, "").strip() or each.metadata["default"]
        try:
            values[each.name] = each.metadata["parse"](variable, text)
        except ConfigError as error:
            problems.append(error)
    try:
        # A moment without an offset is local, so that it is read after the zone.
        moment = values.get("fixed_now") and parse_moment(
            values["fixed_now"], values.get("zone", UTC), "DENYUT_NOW"
        )
        values |= {"fixed_now": moment or None, "keys": _read_keys(environment)}
    except ConfigError as error:
        problems.append(error)
    if problems:
        raise _join(problems)
    zone_given = bool(environment.get("DENYUT_TIMEZONE", "").strip())
    return Config(**values, api_urls=_read_api_urls(environment), zone_given=zone_given)


def _join(problems: Sequence[ConfigError]) -> ConfigError:
    """All that is wrong in one line, each with its remedy."""
    if len(problems) == 1:
        return problems[0]
    return ConfigError(
        "{count} settings cannot be used: {map}", count=len(problems), map=" ".join(map(str, problems))
    )


def _read_keys(environment: Mapping[str, str]) -> Mapping[Channel, str]:
    keys = {}
    for channel, facts in CHANNELS.items():
        key = environment.get(facts.api.variable, "").strip() if facts.api is not None else ""
        if facts.api is not None and key:
            check_secret(facts.api.variable, key)
            keys[channel] = key
    return keys


def _read_api_urls(environment: Mapping[str, str]) -> Mapping[Channel, str]:
    return {
        channel: (environment.get(facts.api.url_variable, "").strip() or facts.api.url).rstrip("/")
        for channel, facts in CHANNELS.items()
        if facts.api is not None
    }


def parse_moment(text: str, zone: tzinfo, name: str = "--as-of") -> datetime:
    """Read `2026-06-30` (its last second, local) or `2026-06-30T01:30[+07:00]`, as aware UTC.

    Raises ConfigError for anything else.
    """
    try:
        if len(text) == 10:
            moment = datetime.combine(date.fromisoformat(text), time(23, 59, 59))
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "{name}: {text!r} is not a date.", "Write 2026-06-30 or 2026-06-30T01:30.", name=name, text=text
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
