"""The generator itself: reproducible, awkward enough, honest."""

from collections import Counter

import pytest

from tests.awkward.address import BASE
from tests.awkward.dimension import (
    BUILT,
    BUILT_FROM,
    DIMENSIONS,
    FAULTS,
    LATEST,
    LATEST_FROM,
    NEWEST,
    NEWEST_FROM,
    SEEN,
    SEEN_FROM,
)
from tests.awkward.plan import compose, draw
from tests.awkward.post import NIGHTS
from tests.awkward.site import Site
from tests.awkward.truth import expected, is_provable, is_seeable, reachable

_MANY = 4000


@pytest.fixture(scope="module")
def plans():
    return [draw(seed) for seed in range(_MANY)]


def test_every_kind_is_drawn_in_three_sites_of_a_hundred(plans):
    drawn = {
        first: Counter[tuple[str, str]]() for first in (0, LATEST_FROM, NEWEST_FROM, BUILT_FROM, SEEN_FROM)
    }
    for plan in plans:
        drawn[0].update(plan.kinds.items())
        for first in (LATEST_FROM, NEWEST_FROM, BUILT_FROM, SEEN_FROM):
            drawn[first].update(draw(first + plan.seed).kinds.items())
    since = dict.fromkeys(LATEST, LATEST_FROM) | dict.fromkeys(NEWEST, NEWEST_FROM)
    since |= dict.fromkeys(BUILT, BUILT_FROM) | dict.fromkeys(SEEN, SEEN_FROM)
    wanted = [(name, kind) for name, kinds in DIMENSIONS.items() for kind in kinds]
    assert [pair for pair in wanted if drawn[since.get(pair[0], 0)][pair] < 0.03 * _MANY] == []


def test_half_of_the_sites_carry_two_faults_or_more(plans):
    assert sum(len(plan.faults) >= 2 for plan in plans) >= _MANY / 2
    assert {pair[0] for pair in FAULTS} <= set(DIMENSIONS)


def test_what_a_program_dresses_up_hides_no_post_and_no_day():
    """Each post of a list's page stands on it whatever is built around, and its article says its day."""
    for name in (*BUILT, *SEEN):
        for kind in DIMENSIONS[name]:
            needed = {"ways": "pager=post,", "feed_host": "feed=full,", "ident": "address=number,"}.get(
                name, ""
            )
            needed += "listed=relative," if name == "ages" else ""
            site = Site(compose(7, f"{needed}{name}={kind}"))
            assert site.plan[name] == kind
            now = site.life.nights[0]
            page = site.respond(BASE + site.at.list("berita", now), now).body.decode()
            assert [p.title for p in site.part(now, "berita", 1).posts if p.title not in page] == []
            post = site.visible(now)[0]
            article = site.respond(BASE + site.at.post(post, now), now).body.decode()
            assert str(post.day.year)[2:] in article


def test_a_seed_below_them_has_none_of_the_later_kinds():
    plans = [draw(first + i) for first in (0, LATEST_FROM, NEWEST_FROM) for i in range(60)]
    assert {plan[name] for plan in plans for name in BUILT} == {
        next(iter(DIMENSIONS[name])) for name in BUILT
    }


def test_at_most_one_site_in_twenty_cannot_be_read(plans):
    assert sum(not plan.readable for plan in plans) <= 0.05 * _MANY


def test_a_seed_gives_the_same_site_again():
    for seed in range(30):
        first, second = Site(seed), Site(seed)
        now = first.life.nights[3]
        assert first.life == second.life
        for url in ("/", first.at.list("berita", now)):
            assert first.respond(BASE + url, now) == second.respond(BASE + url, now)


def test_a_site_answers_under_the_addresses_that_it_gives():
    for seed in [
        first + i for first in (0, LATEST_FROM, NEWEST_FROM, BUILT_FROM, SEEN_FROM) for i in range(40)
    ]:
        site = Site(seed)
        for now in (site.life.nights[0], site.life.nights[-1]):
            assert len(site.life.nights) == NIGHTS
            for post in site.visible(now) if now not in site.life.down else ():
                url = site.standing(now).at.post(post, now)
                owner = site.owner(url)
                assert owner is not None, (seed, url)
                assert owner.number == post.number, (seed, url)
                reply = site.respond(url if "://" in url else BASE + url, now)
                assert reply.status == 200, (seed, url, site.plan)


def test_the_truth_is_consistent():
    provable = 0
    for seed in range(300):
        site = Site(seed)
        now = site.life.nights[0]
        visible = site.visible(now)
        assert set(reachable(site, now)) <= set(visible)
        assert all(post.when >= site.life.since for post in expected(site, now))
        if is_provable(site, now):
            provable += 1
            assert reachable(site, now) == visible
    assert provable > 75


def test_a_copy_from_before_a_posts_day_refutes_no_day():
    # Both looks between the day of the third and the night that shows it came out of a cache.
    site = Site(2110807)
    cheats = {post.when.date().isoformat(): post for post in site.life.posts if post.cheat}
    assert {day: is_seeable(site, post) for day, post in cheats.items()} == {
        "2024-02-10": True,
        "2024-02-14": True,
        "2024-03-12": False,
    }
