"""Whether this installation is fit to run every night: what `denyut doctor` looks at."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from activity.channel import CHANNELS, Access, Channel
from activity.errors import DenyutError
from activity.message import Message, join
from activity.semester import Semester, night_of
from desk.installation.check import Check, Health
from desk.installation.installed import check_packages
from desk.installation.machine import check_disk, check_files, check_memory
from desk.keeping.backup import backup_folder, find_newest, tell_overdue
from desk.keeping.evidence import open_archive, tell_overflow
from desk.night.browser import find_browser
from desk.night.condition import describe_symptom, read_condition
from desk.setting.config import Config
from desk.setting.rubric import read_rubric
from desk.setting.token import Token
from desk.store import open_store

if TYPE_CHECKING:
    from db.nightly.odd import OddRun

__all__ = ["Check", "Health", "examine"]

_NAMED = 5


def examine(config: Config) -> Iterator[Check]:
    """Every check in order; a failed one hides the next only where our own files are not ours."""
    yield _check_python()
    yield (packages := check_packages())
    if packages.health is Health.FAILED:
        return
    yield _guarded("user agent", lambda: _check_contact(config))
    yield from _check_tokens(config)
    yield _guarded("browser", lambda: _check_browser(config))
    yield _guarded("rubric", lambda: _check_rubric(config))
    yield _guarded("database", lambda: _check_database(config))
    yield from _check_reader(config)
    yield from _guarded_all("last night", lambda: _check_nights(config))
    yield _guarded("clock", lambda: _check_clock(config))
    yield _guarded("Graph API", lambda: _check_served(config))
    yield _guarded("proofs", lambda: _check_proofs(config))
    yield _guarded("evidence", lambda: _check_evidence(config))
    yield _guarded("backup", lambda: _check_backup(config))
    yield _guarded("messages", lambda: _check_recipients(config))
    yield check_files(config)
    yield check_memory(config)
    yield check_disk()


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    return next(_guarded_all(name, lambda: iter([check()])))


def _guarded_all(name: str, check: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from check()
    except DenyutError as error:
        yield Check(name, Health.FAILED, error.message, error.remedy)


def _check_python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    fit = sys.version_info >= (3, 11)
    return Check(
        "python",
        Health.OK if fit else Health.FAILED,
        version,
        "" if fit else Message("Install 3.11 or newer."),
    )


def _check_contact(config: Config) -> Check:
    config.check_contact()
    return Check("user agent", Health.OK, config.user_agent)


def _check_tokens(config: Config) -> Iterator[Check]:
    try:
        tokens = config.read_tokens()
    except DenyutError as error:
        yield Check("tokens", Health.FAILED, error.message, error.remedy)
        return
    fit = {channel for token in tokens for channel in token.channels if _is_fit(token, channel)}
    for channel, facts in CHANNELS.items():
        if facts.access is Access.META and channel in fit:
            yield Check(
                Message("{channel} token", channel=channel),
                Health.OK,
                "set; `denyut meta check` asks Meta about it",
            )
        elif facts.access is Access.KEY and config.keys.get(channel):
            yield Check(Message("{channel} key", channel=channel), Health.OK, "set")
        elif facts.by_token and (facts.ranked or channel in _find_used(config)):
            name = "{channel} token" if facts.access is Access.META else "{channel} key"
            found = Message("not set: this channel is not assessed")
            yield Check(Message(name, channel=channel), Health.WARNING, found, facts.remedy)


def _is_fit(token: Token, channel: Channel) -> bool:
    return channel is not Channel.INSTAGRAM or bool(token.instagram_user_id)


def _find_used(config: Config) -> frozenset[Channel]:
    """The channels on which the registry names an account; none where no database can be read."""
    from db.office.registry import load_agencies

    try:
        engine, _ = open_store(config)
        return frozenset(channel for row in load_agencies(engine) for channel in row.accounts)
    except DenyutError:
        return frozenset()


def _check_browser(config: Config) -> Check:
    program = find_browser(config.browser)
    return Check(
        "browser", Health.OK, program or Message("none: pages that only a script fills are not read")
    )


def _check_rubric(config: Config) -> Check:
    rubric = read_rubric(config.rubric)
    return Check("rubric", Health.OK, f"{rubric.name} {rubric.version}")


def _check_database(config: Config) -> Check:
    from db.failure import shown
    from db.office.registry import load_agencies

    engine, config = open_store(config)
    agencies = load_agencies(engine)
    where = shown(engine.url)
    found = Message(
        "{where}, {count} agencies, days in {key}", where=where, count=len(agencies), key=config.zone.key
    )
    if not agencies:
        return Check("database", Health.WARNING, found, "Run: denyut agencies import registry.csv")
    return Check("database", Health.OK, found)


def _check_reader(config: Config) -> Iterator[Check]:
    """On PostgreSQL `denyut sql` answers as a role that may read the views alone."""
    from db.reader import READER, find_missing_role

    if not config.database_url.startswith("postgres"):
        return
    try:
        lacking = find_missing_role(config.database_url)
    except DenyutError:
        return  # the check of the database says it
    if lacking:
        found = Message("`denyut sql` answers with all the rights of the database's own user")
        yield Check(
            "questions",
            Health.WARNING,
            found,
            Message("Let an administrator run: {lacking}", lacking=" ".join(lacking)),
        )
    else:
        yield Check(
            "questions",
            Health.OK,
            Message("`denyut sql` answers as {reader}, who reads the views alone", reader=READER),
        )


def _check_nights(config: Config) -> Iterator[Check]:
    """The newest night that was crawled, tonight's among them, and what is wrong with it as a whole."""
    from db.nightly.run import find_finished_run

    engine, config = open_store(config)
    tonight = night_of(config.now(), config.zone)
    for age in range(8):
        run = find_finished_run(engine, tonight - timedelta(days=age))
        if run is None:
            continue
        found, late = Message("crawled on {night}", night=run.night), age > 1
        remedy = Message("Run denyut crawl every night, or start denyut-scheduler.") if late else ""
        yield Check("last night", Health.WARNING if late else Health.OK, found, remedy)
        for symptom in read_condition(engine, run.night).symptoms:
            state = Health.FAILED if symptom.is_wide else Health.WARNING
            told, remedy = describe_symptom(symptom)
            yield Check(Message("night of {night}", night=run.night), state, told, remedy)
        return
    yield Check("last night", Health.WARNING, "no finished crawl for a week", "Run: denyut crawl")


def _check_clock(config: Config) -> Check:
    """Runs whose night cannot be right: they count for no plan, and reach back over no night."""
    from db.nightly.odd import load_odd_runs

    engine, config = open_store(config)
    odd = load_odd_runs(engine, night_of(config.now(), config.zone))
    if not odd:
        return Check("clock", Health.OK, "every run's night follows from the ones before it")
    told = join("; ", map(_tell_odd, odd[:_NAMED]))
    if len(odd) > _NAMED:
        told = Message("{told}; and {count} more", told=told, count=len(odd) - _NAMED)
    remedy = Message("Set the machine's clock right, then: denyut doctor --set-aside {id:d}", id=odd[0].id)
    return Check("clock", Health.WARNING, told, remedy)


def _tell_odd(run: "OddRun") -> Message:
    if run.days > 0:
        return Message(
            "run {id:d} names the night {night}, {days} days ahead of the newest right one",
            id=run.id, night=run.night, days=run.days,
        )  # fmt: skip
    return Message(
        "run {id:d} names the night {night}, {days} days behind the newest right one",
        id=run.id, night=run.night, days=-run.days,
    )  # fmt: skip


def _check_served(config: Config) -> Check:
    """Meta serves an older or a newer version than was asked for without a word; its header alone tells."""
    from db.nightly.served import load_served

    engine, config = open_store(config)
    served = load_served(engine, config.now() - timedelta(days=2))
    other = {version: count for version, count in served.items() if version != config.graph_version}
    if not other:
        told = (
            Message("{graph_version} is what answered", graph_version=config.graph_version)
            if served
            else Message("nothing was read of late")
        )
        return Check("Graph API", Health.OK, told)
    told = join(
        ", ",
        (
            Message("{version} answered for {count} accounts", version=each, count=n)
            for each, n in sorted(other.items())
        ),
    )
    remedy = Message(
        "Set DENYUT_GRAPH_VERSION={max}, and compare a night's posts.", max=max(other, key=other.__getitem__)
    )
    return Check(
        "Graph API",
        Health.WARNING,
        Message("{graph_version} is asked for; {told}", graph_version=config.graph_version, told=told),
        remedy,
    )


def _check_proofs(config: Config) -> Check:
    from db.nightly.reach import count_unproven

    engine, config = open_store(config)
    found = count_unproven(engine, config.zone)
    if not found.claims:
        return Check("proofs", Health.OK, "every claim that a list is whole names its proof")
    told = Message(
        "{claims} claims of an earlier version that a list was whole name no proof", claims=found.claims
    )
    if found.newest is None:
        return Check(
            "proofs", Health.OK, Message("{told}; all their nights are known by other looks", told=told)
        )
    told = Message(
        "{told}; {nights} nights of {agencies} agencies, up to {newest}, are unseen for it",
        told=told,
        nights=found.nights,
        agencies=found.agencies,
        newest=found.newest,
    )
    # The semester before is still being judged in the weeks after its end.
    judged = Semester.of(night_of(config.now(), config.zone)).previous
    current = found.newest >= judged.first_day
    remedy = Message(
        "The next crawls prove what can be proven; import files again that were imported before."
    )
    return Check("proofs", Health.WARNING if current else Health.OK, told, remedy if current else "")


def _check_evidence(config: Config) -> Check:
    archive = open_archive(config)
    if archive is None:
        remedy = Message("Unset DENYUT_EVIDENCE: what a post rests on cannot be had back later.")
        return Check("evidence", Health.WARNING, "off: no page is kept", remedy)
    found = Message("{size:,.1f} MB in {folder}", size=archive.size() / 1000000.0, folder=archive.folder)
    overflow = tell_overflow(config)
    return Check("evidence", Health.WARNING if overflow else Health.OK, found, overflow)


def _check_backup(config: Config) -> Check:
    """Whether the schedule has made the backup that was due."""
    engine, config = open_store(config)
    overdue = tell_overdue(config, engine)
    if overdue is not None:
        return Check("backup", Health.WARNING, overdue, "Run denyut backup, and do what it says.")
    if not config.backup_days:
        return Check(
            "backup", Health.WARNING, "none is scheduled", "Unset DENYUT_BACKUP_DAYS, or run: denyut backup"
        )
    newest = find_newest(config)
    if newest is None:
        return Check("backup", Health.OK, Message("none yet; every {days} days", days=config.backup_days))
    found = Message("of {day}, in {folder}", day=newest, folder=backup_folder(config))
    return Check("backup", Health.OK, found)


def _check_recipients(config: Config) -> Check:
    """Whether anybody is told in the morning how the night went."""
    recipients = config.read_recipients()
    officers = sum(not recipient.agency for recipient in recipients)
    if not officers:
        remedy = Message("Set DENYUT_MESSAGE_URLS (docs/messages.md), or run `denyut night` every morning.")
        return Check("messages", Health.WARNING, "nobody is told in the morning how the night went", remedy)
    found = Message(
        "officers: {officers}, offices: {offices}; `denyut message test` tries them",
        officers=officers,
        offices=len(recipients) - officers,
    )
    return Check("messages", Health.OK, found)
