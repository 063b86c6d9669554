"""Files that offices send by a link: the link made, the file sent, looked into, accepted or rejected."""

import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from activity.agency import Agency
from activity.channel import SOCIAL, Channel
from activity.errors import ConfigError, DenyutError, StoreError
from activity.upload import LinkVerdict, Upload
from activity.user import Right
from db.office.registry import load_agencies
from db.office.upload import load_uploads
from desk.office import upload as desk
from reports.catalogue import translate
from web.door import Door, PageRequest
from web.limits import name_client

__all__ = ["admit", "close", "list_uploads", "make_link", "preview", "show_form", "take_file"]

_MEGABYTE = 1_000_000
_CLOSING = {"reject": LinkVerdict.REJECTED, "withdraw": LinkVerdict.WITHDRAWN}


def list_uploads(ask: PageRequest, problem: str = "", status: int = 200) -> Response:
    """List every link with what became of it, and a form to make another."""
    return ask.show(
        "uploads",
        status,
        found=load_uploads(ask.door.engine),
        agencies=_load_agencies(ask.door),
        offices=sorted(_load_agencies(ask.door).values(), key=lambda each: each.name.casefold()),
        channels=SOCIAL,
        now=ask.door.config.now(),
        form=ask.form,
        problem=problem,
        may_handle=ask.may(Right.HANDLE),
    )


def make_link(ask: PageRequest) -> Response:
    """Make a link, which is shown this once."""
    door, say, form = ask.door, ask.door.pages.say, ask.form
    agency = _load_agencies(door).get(form.get("agency", ""))
    if agency is None:
        return list_uploads(ask, say("desk.bad_office"), 400)
    if form.get("channel", "") not in {channel.value for channel in SOCIAL}:
        return list_uploads(ask, say("desk.bad_channel"), 400)
    try:
        month = desk.read_month(form.get("month", ""), door.config)
    except ConfigError:
        return list_uploads(ask, say("desk.bad_month"), 400)
    assert ask.user is not None
    link, secret = desk.make_link(
        door.engine, door.config, agency.slug, Channel(form["channel"]), month, ask.user.signature
    )
    return ask.show("upload_made", link=link, agency=agency, address=f"{ask.base}/kirim/{secret}")


def preview(ask: PageRequest) -> Response:
    """Show what taking a file in would do; nothing is stored."""
    upload = _find(ask)
    if upload is None:
        return ask.lack()
    door = ask.door
    lines, problem = [], ""
    if upload.waits:
        try:
            with door.reading:
                planned, saved = desk.try_file(door.config, door.engine, upload)
            lines = list(zip(planned, saved, strict=True))
        except StoreError:
            # A crawl is at work: the file is not at fault.
            raise
        except DenyutError as error:
            parts = (error.message, error.remedy)
            problem = " ".join(translate(part, door.pages.language) for part in parts if part)
    return ask.show(
        "upload",
        upload=upload,
        agency=_load_agencies(door).get(upload.agency),
        lines=lines,
        problem=problem,
        now=door.config.now(),
        may_handle=ask.may(Right.HANDLE),
    )


def close(ask: PageRequest) -> Response:
    """Accept a file, reject it, or withdraw a link, under the name of whoever signed in."""
    assert ask.user is not None
    verdict, door = ask.form.get("verdict", ""), ask.door
    who, note = ask.user.signature, ask.words("note")
    with door.reading:
        # Looked at again now: another officer may have decided while this one waited.
        upload = _find(ask)
        if upload is None:
            return ask.lack()
        if verdict == "accept":
            desk.accept_file(door.config, door.engine, upload, who, note)
        elif verdict not in _CLOSING:
            return ask.tell(400, "desk.failed", "desk.bad_choice", back=ask.here)
        else:
            desk.close_link(door.config, door.engine, upload, _CLOSING[verdict], who, note)
    return ask.go("/meja/berkas")


def admit(door: Door, request: Request) -> bool:
    """Tell whether a file may come along: by an open link, and not too often from one client."""
    client = name_client(request.client.host) if request.client else ""
    open_link = _find_open(door, request.path_params["token"])
    return open_link is not None and door.uploads.take(client, time.monotonic())


def show_form(ask: PageRequest, problem: str = "", status: int = 200) -> Response:
    """Show the form of an open link."""
    link = _find_open(ask.door, ask.path["token"])
    if link is None:
        return ask.lack()
    return ask.show(
        "send",
        status,
        link=link,
        agency=_load_agencies(ask.door).get(link.agency),
        most=desk.MOST_BYTES // _MEGABYTE,
        problem=problem,
    )


def take_file(ask: PageRequest) -> Response:
    """Lay the file aside for an officer."""
    door, say = ask.door, ask.door.pages.say
    link = _find_open(door, ask.path["token"])
    if link is None:
        return ask.lack()
    if ask.sent is None or not ask.sent.name:
        return show_form(ask, say("desk.send_none"), 400)
    desk.receive_file(door.config, door.engine, link, ask.sent.name, ask.sent.file)
    return ask.show("message", title=say("desk.thanks"), lead=say("desk.send_thanks"), back="")


def _find_open(door: Door, secret: str) -> Upload | None:
    return None if door.is_public else desk.find_open_link(door.engine, secret, door.config.now())


def _find(ask: PageRequest) -> Upload | None:
    number = ask.path["number"]
    return next((each for each in load_uploads(ask.door.engine) if each.number == number), None)


def _load_agencies(door: Door) -> Mapping[str, Agency]:
    return {row.agency.slug: row.agency for row in load_agencies(door.engine)}
