"""`denyut message`: what officers and offices are told, looked at, tried and sent."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from activity.speech.letter import LetterKind
from cli.console import complain, print_json, print_lines, print_table, say
from cli.option import ANY_NAME, AsOf, Json, read_config
from cli.speech import phrase, read_language
from desk.setting.config import Config
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from activity.speech.letter import Letter
    from desk.message.outbox import SentMessage

__all__ = ["message"]

message = typer.Typer(
    no_args_is_help=True,
    help="The morning's message to the officers, and reminders to offices before an account is vacuum.",
)


@message.command("preview")
def preview(
    agency: Annotated[
        str | None,
        typer.Argument(
            metavar="[AGENCY]", help=f"Its reminders instead of the morning's message. {ANY_NAME}"
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print a message, ready to paste, and the link that opens WhatsApp with it; nothing is sent.

    Without an office the newest morning's message. With one, a text for each of its accounts that will soon
    be vacuum; none where its silence is not proven.
    """
    from desk.message.outbox import look_at_morning
    from desk.night.due import newest_morning

    config = read_config(as_of)
    engine, config = open_store(config)
    check_registry(engine)
    night = newest_morning(config)
    if agency is None:
        from desk.message.morning import compose_morning

        letters = [compose_morning(look_at_morning(engine, config, night)[0], config.city)]
    else:
        letters = _list_reminders(engine, config, night, agency)
    _print_letters(letters, as_json=as_json)


def _list_reminders(engine: "Engine", config: Config, night: date, agency: str) -> "list[Letter]":
    from desk.agency import find_agency
    from desk.message.morning import judge_night
    from desk.message.reminder import find_reminders

    slug = find_agency(engine, agency)
    return [each.letter for each in find_reminders(judge_night(config, night)) if each.agency == slug]


def _print_letters(letters: "Sequence[Letter]", *, as_json: bool) -> None:
    from desk.message.letter import link_whatsapp, say_letter

    texts = [say_letter(letter, read_language()) for letter in letters]
    if as_json:
        print_json([{"title": t, "text": b, "whatsapp": link_whatsapp(t, b)} for t, b in texts])
        return
    for title, body in texts:
        print_lines(f"{title}\n{body}\n\n")
        print_lines(f"{link_whatsapp(title, body)}\n\n")
    if not texts:
        say("Nothing is to be said: no account of it will soon be vacuum by what was seen.")


@message.command("send")
def send(as_of: AsOf = None, as_json: Json = False) -> None:
    """Send the morning's message and the reminders that are due, each once; the schedule calls it.

    Ends with 1 where one could not be delivered. It is not tried again that morning: the next morning's
    message tells of the nights that were missed, and a reminder is due again.
    """
    from db.lock import hold_lock
    from desk.message.outbox import send_round
    from desk.night.due import newest_morning

    config = read_config(as_of)
    engine, config = open_store(config)
    check_registry(engine)
    _check_offices(engine, config)
    with hold_lock(config.database_url, "message"):
        sent = tuple(send_round(engine, config, newest_morning(config)))
    _report(sent, as_json=as_json)


@message.command("test")
def send_line(as_json: Json = False) -> None:
    """Send a line to every recipient, to see whether it arrives; ends with 1 where one could not be sent."""
    from desk.message.outbox import send_test

    config = read_config()
    recipients = config.read_recipients()
    if not recipients:
        raise ConfigError(
            "Nobody gets messages.", "Set DENYUT_MESSAGE_URLS or DENYUT_MESSAGES_FILE; see docs/messages.md."
        )
    if any(recipient.agency for recipient in recipients):
        _check_offices(open_store(config)[0], config)
    _report(tuple(send_test(config)), as_json=as_json)


def _check_offices(engine: "Engine", config: Config) -> None:
    """Complain of recipients whose office no registry names: they would wait for ever."""
    from db.office.registry import load_agencies

    known = {row.agency.slug for row in load_agencies(engine)}
    for recipient in config.read_recipients():
        if recipient.agency and recipient.agency not in known:
            complain(
                "[{name}] of DENYUT_MESSAGES_FILE gets nothing: no office has the id {agency}.",
                name=recipient.name,
                agency=recipient.agency,
            )


def _report(sent: "Sequence[SentMessage]", *, as_json: bool) -> None:

    if as_json:
        print_json([_tell(each) for each in sent])
    else:
        print_table(
            ["recipient", "service", "message", "account", "delivered"],
            (
                [
                    each.recipient.name,
                    each.recipient.service,
                    phrase("reminder") if each.kind is LetterKind.REMINDER else phrase("morning"),
                    f"{each.agency} {each.channel}" if each.channel else None,
                    phrase("yes") if each.delivered else phrase("no"),
                ]
                for each in sent
            ),
        )
    failed = [each for each in sent if not each.delivered]
    if failed:
        complain(
            "{count} of {all} messages were not delivered: {names}.",
            count=len(failed),
            all=len(sent),
            names=_name(failed),
        )
        raise typer.Exit(1)


def _name(failed: "Iterable[SentMessage]") -> str:
    from desk.message.messenger import describe_failure

    told = {(each.recipient.name, each.recipient.service): each.verdict for each in failed}
    return "; ".join(
        phrase("{name} ({service}): {why}", name=name, service=service, why=describe_failure(verdict))
        for (name, service), verdict in told.items()
    )


def _tell(sent: "SentMessage") -> dict[str, Any]:
    from desk.message.messenger import describe_failure

    return {
        "recipient": sent.recipient.name,
        "service": sent.recipient.service,
        "message": sent.kind.value,
        "agency": sent.agency or None,
        "channel": sent.channel.value if sent.channel else None,
        "delivered": sent.delivered,
        "why": "" if sent.delivered else str(describe_failure(sent.verdict)),
    }
