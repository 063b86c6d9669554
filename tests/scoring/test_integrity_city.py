"""Cities lived through: each cheat is flagged, nobody honest is. Fifty of them: benchmarks/integrity.py."""

import pytest

from activity.agency import Channel
from activity.flag import FlagKind
from samplecity.city import City
from samplecity.harvest import tell_trails
from samplecity.truth import CheatKind
from scoring.integrity.detect import detect_flags

_FLAG_OF = {
    CheatKind.BACK_DATED: FlagKind.BACK_DATED,
    CheatKind.FLOOD: FlagKind.BURST,
    CheatKind.INJECTED: FlagKind.SPAM,
    CheatKind.COPIED: FlagKind.COPIED,
    CheatKind.DELETED: FlagKind.DELETED,
    CheatKind.GREETING: FlagKind.GREETING,
    CheatKind.REDATED: FlagKind.REDATED,
}


@pytest.mark.parametrize("seed", [2, 3])
def test_every_cheat_and_no_honest_office(seed, rubric):
    city = City.build(seed)
    days = city.semester.days()
    flags = detect_flags(tell_trails(city, sorted({*days[::2], days[-1]})), rubric.integrity, city.semester)
    cheats = {(c.agency, c.channel, _FLAG_OF[c.kind]): set(c.keys) for c in city.truth(days[-1]).cheats}
    flagged: dict[tuple[str, Channel, FlagKind], set[str]] = {}
    for flag in flags:
        keys = {post.key for post in flag.posts}
        flagged.setdefault((flag.agency, flag.channel, flag.kind), set()).update(keys)
    assert flagged.keys() == cheats.keys()
    for place, keys in flagged.items():
        assert keys == cheats[place] or place[2] is FlagKind.SPAM, place
