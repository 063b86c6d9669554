"""Plays a made-up city of the shape of one that gave such an award, and fills a database with its semester.

    python examples/award_city.py examples/banjarmasin.csv 2021-S1 --dir banjarmasin

The table names offices, and how many posts a week each publishes on a channel: `3.5`, or `2/60` for an
office that fell silent after sixty days. All of it is invented. The city lives on 127.0.0.1 for as long
as one crawl takes; nothing outside this machine is asked.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from activity.agency import Channel, Participation
from activity.semester import Semester
from cli.demo import demo_settings, play
from samplecity.city import City
from samplecity.office import Build, Handle, Item, ItemKind, Office, Presence
from samplecity.server import CityServer

_KINDS = {
    Channel.WEBSITE: ItemKind.NEWS,
    Channel.INSTAGRAM: ItemKind.PHOTO,
    Channel.FACEBOOK: ItemKind.PHOTO,
}
_SUBJECTS = ("Musyawarah", "Pelatihan", "Kunjungan", "Layanan", "Penyuluhan", "Gotong royong", "Pemeriksaan")


def main() -> None:
    """Build the city of a table, crawl the semester's last evening, and say where the database is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("semester", type=Semester.parse)
    parser.add_argument("--dir", type=Path, required=True, help="an empty folder for the database")
    parser.add_argument("--timezone", type=ZoneInfo, default=ZoneInfo("Asia/Makassar"))
    options = parser.parse_args()
    city = build_city(options.table, options.semester, options.timezone)
    options.dir.mkdir(parents=True, exist_ok=True)
    last = options.semester.days()[-1]
    with CityServer(city, datetime.combine(last, time(23, 30), city.zone)) as server:
        settings = demo_settings(server, options.dir / "denyut.db") | {"DENYUT_TIMEZONE": city.zone.key}
        play(server, options.dir, settings, (last,))
    sys.stdout.write(f"{options.dir / 'denyut.db'}\n")


def build_city(table: Path, semester: Semester, zone: ZoneInfo) -> City:
    """The city that a table tells of."""
    numbers = count(1)
    with table.open(encoding="utf-8", newline="") as file:
        offices = tuple(_build_office(row, semester, zone, numbers) for row in csv.DictReader(file))
    return City(1, semester, zone, offices)


def _build_office(row: dict[str, str], semester: Semester, zone: ZoneInfo, numbers: Iterator[int]) -> Office:
    presences = tuple(
        _build_presence(channel, row, semester, zone, next(numbers))
        for channel in Channel
        if row.get(channel)
    )
    return Office(row["slug"], row["name"], row["name"], row["level"], Participation.PESERTA, presences)


def _build_presence(
    channel: Channel, row: dict[str, str], semester: Semester, zone: ZoneInfo, number: int
) -> Presence:
    weekly, _, until = row[channel].partition("/")
    days = int(until) if until else len(semester.days())
    opening = datetime.combine(semester.first_day, time(9, number % 50), zone)
    moments = [opening + timedelta(days=int(n * 7 / float(weekly))) for n in range(days)]
    ending = opening + timedelta(days=days)
    items = tuple(
        Item(n, _title(row["name"], n), moment, moment, _KINDS[channel])
        for n, moment in enumerate(moments, 1)
        if moment < ending
    )
    if channel is Channel.WEBSITE:
        return Presence(channel, items, build=Build.WORDPRESS, number=number)
    handle = Handle(f"{row['slug'].replace('-', '.')}.contoh")
    return Presence(channel, items, handles=(handle,), number=number, followers=1000)


def _title(office: str, number: int) -> str:
    return f"{_SUBJECTS[number % len(_SUBJECTS)]} {office} hari ke-{number}"


if __name__ == "__main__":
    main()
