"""Who is told what on which morning, and what is remembered of it, on both engines."""

from datetime import date, datetime, time, timedelta

import pytest

from activity.agency import Agency
from activity.errors import StoreFullError
from activity.outcome import Outcome
from desk.message.courier import DeliveryVerdict
from desk.message.outbox import send_round
from desk.night.due import find_round_due, newest_morning
from desk.setting.config import load_config

_FIRST = date(2026, 1, 5)
_LAST_POST = date(2026, 1, 20)
_VACUUM = _LAST_POST + timedelta(91)
_OFFICE = '[admin]\nurl = "json://a.id/x"\nagency = "dinkes"\n'


class Mornings:
    """One office that falls silent, the nights it is crawled in, and what is sent on the mornings after."""

    def __init__(self, office, folder):
        self.office, self.path = office, folder / "messages.toml"
        self.path.write_text(_OFFICE)
        self.path.chmod(0o600)
        self.sent, self.takes = [], True
        office.register(_FIRST, Agency("dinkes", "Dinas Kesehatan", "skpd"), website="https://a.go.id/")

    def config(self, night, hour=8, **settings):
        moment = datetime.combine(night + timedelta(1), time(hour), self.office.zone)
        return load_config(
            {
                "DENYUT_DATABASE": self.office.engine.url.render_as_string(hide_password=False),
                "DENYUT_TIMEZONE": self.office.zone.key,
                "DENYUT_NOW": moment.isoformat(),
                "DENYUT_LANG": "en",
                "DENYUT_MESSAGE_URLS": "json://a.id/y",
                "DENYUT_MESSAGES_FILE": str(self.path),
                **settings,
            }
        )

    def crawl(self, night, outcome=Outcome.OK):
        posts = [self.office.post("last", _LAST_POST)] if night >= _LAST_POST else []
        back_to = _FIRST if outcome.saw else None
        self.office.crawl(night, self.office.looked(*posts, back_to=back_to, outcome=outcome))

    def deliver(self, parcels):
        for parcel in parcels:
            self.sent.append(parcel)
            yield parcel, DeliveryVerdict.DELIVERED if self.takes else None

    def wake(self, night):
        """The morning after a night; what was sent to officer and office."""
        self.sent.clear()
        list(send_round(self.office.engine, self.config(night), night, self.deliver))
        return [parcel.recipient.name for parcel in self.sent]


@pytest.fixture
def mornings(office, tmp_path, monkeypatch):
    # A command ends with its connections; here one serves all.
    monkeypatch.setattr("desk.semester.judge.open_store", lambda config: (office.engine, config))
    made = Mornings(office, tmp_path)
    made.crawl(_LAST_POST)
    return made


def test_an_office_is_reminded_once_a_week_from_the_rubrics_days_on(mornings):
    told = []
    for days in (-15, -14, -13, -8, -7, -6, -1, 0):
        night = _VACUUM + timedelta(days)
        mornings.crawl(night)
        if "admin" in mornings.wake(night):
            told.append(days)
    assert told == [-14, -7]
    # The text names what is left, and what is enough.
    mornings.path.write_text(_OFFICE.replace("admin", "other"))
    night = _VACUUM - timedelta(6)
    assert "other" in mornings.wake(night)
    parcel = mornings.sent[-1]
    assert parcel.title == f"Dinas Kesehatan: your website counts as vacuum from {_VACUUM} on"
    assert f"(https://a.go.id/) since {_LAST_POST}" in parcel.body
    assert "(days left: 6)" in parcel.body
    assert "One post is enough." in parcel.body


def test_what_nobody_saw_is_no_silence(mornings):
    for days in (-14, -10, -3):
        mornings.crawl(_VACUUM + timedelta(days), Outcome.UNREACHABLE)
        assert "admin" not in mornings.wake(_VACUUM + timedelta(days))
    # Seen again, and the list reaches back over the nights between: now it is proven.
    mornings.crawl(_VACUUM - timedelta(2))
    assert "admin" in mornings.wake(_VACUUM - timedelta(2))


def test_only_the_accounts_that_were_asked_for(mornings):
    night = _VACUUM - timedelta(10)
    mornings.crawl(night)
    mornings.path.write_text(_OFFICE + 'channels = ["instagram"]\n')
    assert mornings.wake(night) == ["1"]


def test_what_was_not_taken_is_tried_the_next_morning_and_not_before(mornings):
    night = _VACUUM - timedelta(10)
    mornings.crawl(night)
    mornings.takes = False
    assert mornings.wake(night) == ["1", "admin"]
    assert mornings.wake(night) == []
    mornings.takes = True
    mornings.crawl(night + timedelta(1))
    assert mornings.wake(night + timedelta(1)) == ["1", "admin"]
    assert f"The message of {night} did not reach you: nothing was wrong." in mornings.sent[0].body
    mornings.crawl(night + timedelta(2))
    assert mornings.wake(night + timedelta(2)) == ["1"]
    assert "did not reach you" not in mornings.sent[0].body


def test_a_clock_that_was_ahead_bars_no_later_morning(mornings):
    night = _VACUUM - timedelta(10)
    mornings.crawl(night)
    mornings.wake(night + timedelta(40))
    assert find_round_due(mornings.office.engine, mornings.config(night)) == night
    assert mornings.wake(night) == ["1", "admin"]
    assert find_round_due(mornings.office.engine, mornings.config(night)) is None
    assert find_round_due(mornings.office.engine, mornings.config(night + timedelta(40))) is not None


def test_a_round_is_due_from_its_hour_on(mornings):
    engine = mornings.office.engine
    assert newest_morning(mornings.config(_LAST_POST, hour=6)) == _LAST_POST - timedelta(1)
    # Of a night before the first crawl there is nothing to tell.
    assert find_round_due(engine, mornings.config(_LAST_POST, hour=6)) is None
    assert find_round_due(engine, mornings.config(_LAST_POST, hour=7)) == _LAST_POST
    # An officer who starts the machine in the afternoon is told of the night all the same.
    assert find_round_due(engine, mornings.config(_LAST_POST, hour=23)) == _LAST_POST
    nobody = load_config({"DENYUT_NOW": "2026-03-01T08:00"})
    assert find_round_due(engine, nobody) is None


@pytest.mark.parametrize(
    ("crawl_at", "message_at", "days"),
    [("08:00", "07:00", 2), ("01:30", "12:30", 1), ("01:30", "01:00", 2), ("22:00", "07:00", 1)],
)
def test_a_night_is_told_only_after_its_crawl_was_due(mornings, crawl_at, message_at, days):
    settings = {"DENYUT_CRAWL_AT": crawl_at, "DENYUT_MESSAGE_AT": message_at}
    hour = datetime.combine(_LAST_POST + timedelta(days), time.fromisoformat(message_at))
    told = [
        newest_morning(mornings.config(_LAST_POST, **settings, DENYUT_NOW=moment.isoformat()))
        for moment in (hour - timedelta(minutes=1), hour, hour + timedelta(hours=23))
    ]
    assert told == [_LAST_POST - timedelta(1), _LAST_POST, _LAST_POST]


def test_a_full_disk_is_told_though_nothing_can_be_written_down(mornings, monkeypatch):
    def refuse(*_):
        raise StoreFullError("full")

    night = _VACUUM - timedelta(10)
    mornings.crawl(night)
    mornings.path.write_text(_OFFICE + '[kepala]\nurl = "json://a.id/z"\n')
    with monkeypatch.context() as full:
        full.setattr("db.office.delivery.save_delivery", refuse)
        for _ in range(2):
            with pytest.raises(StoreFullError):
                mornings.wake(night)
            assert [parcel.recipient.name for parcel in mornings.sent] == ["1", "kepala"]
    # With room again the morning is told once more, and only now is the office reminded.
    assert mornings.wake(night) == ["1", "kepala", "admin"]
    assert mornings.wake(night) == []


def test_a_reminder_whose_end_nobody_saw_is_not_sent_twice_that_morning(mornings):
    night = _VACUUM - timedelta(10)
    mornings.crawl(night)

    def die(parcels):
        yield from mornings.deliver(parcel for parcel in parcels if not parcel.recipient.agency)
        if any(parcel.recipient.agency for parcel in parcels):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(send_round(mornings.office.engine, mornings.config(night), night, die))
    assert mornings.wake(night) == []
    mornings.crawl(night + timedelta(1))
    assert mornings.wake(night + timedelta(1)) == ["1", "admin"]
