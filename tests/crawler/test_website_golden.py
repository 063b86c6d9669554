import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit

ROOT = Path(__file__).parents[1] / "golden/website"
CASES = sorted(folder for folder in ROOT.iterdir() if (folder / "case.json").exists())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_recorded_site_gives_the_posts_that_a_person_confirmed(folder):
    case = json.loads((folder / "case.json").read_text())
    zone, now = ZoneInfo(case["zone"]), datetime.fromisoformat(case["now"])
    pages = {page["url"]: page for page in case["pages"]}

    def answer(fetch):
        page = pages.get(fetch.url)
        if page is None:
            return Page(fetch, fetch.url, 404, now)
        body = (folder / page["body"]).read_bytes()
        return Page(fetch, fetch.url, page["status"], now, headers=page["headers"], body=body)

    account = Account(1, folder.name, Channel.WEBSITE, case["address"])
    window = Window(datetime.fromisoformat(case["since"]), now)
    harvest, asked = drive(visit(Target(account, window, zone)), answer, now)
    found = {
        "outcome": harvest.outcome,
        "requests": len(asked),
        "posts": {p.key: p.date and p.date.at.astimezone(zone).isoformat() for p in harvest.posts},
    }
    expected = folder / "expected.json"
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=1) + "\n")
        pytest.fail(f"{expected.name} of {folder.name} was written; read it, then run the test again.")
    assert found == json.loads(expected.read_text())
