"""Which witnesses a few articles confirm or refute, and what is left of a date then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from crawler.visits.site.post.samples import choose_samples, find_torn
from crawler.visits.site.post.trust import judge_witnesses, unseated_slots
from crawler.visits.site.survey.memory import TrustMemory
from crawler.visits.site.survey.weigh import bound_by_age, name_witness, weigh_claims
from testkit.zone import JAKARTA as ZONE

FEED, SLOT, TEXT = "feed pubdate", "listing li>span", "text"
WHERE = {
    EvidenceKind.FEED: "pubdate",
    EvidenceKind.LISTING: "li>span",
    EvidenceKind.VISIBLE_TEXT: "span.date",
    EvidenceKind.JSON_LD: "NewsArticle.datePublished",
    EvidenceKind.URL: "address",
}


def claim(kind, when, precision=None, raw=""):
    """A claim by one witness: a local day ("2026-03-04") or a local moment ("2026-03-04T21:12")."""
    at = datetime.fromisoformat(when).replace(tzinfo=ZONE)
    fine = precision or (Precision.MINUTE if "T" in when else Precision.DAY)
    told = DateEvidence(kind, WHERE[kind], raw or when, at.astimezone(UTC), fine, "https://a.id/")
    return PostDate(told.at, fine, (told,))


def feed(when):
    return claim(EvidenceKind.FEED, when)


def slot(when):
    return claim(EvidenceKind.LISTING, when)


def text(when, raw=""):
    return claim(EvidenceKind.VISIBLE_TEXT, when, raw=raw)


def stated(when):
    return claim(EvidenceKind.JSON_LD, when)


def test_a_feed_that_agrees_with_its_list_on_several_days_needs_no_article():
    posts = [[feed(f"2026-03-{day:02}T09:00"), slot(f"2026-03-{day:02}")] for day in (2, 5, 9)]
    judged = judge_witnesses(posts, ZONE)
    assert {FEED, SLOT} <= judged.believed
    assert not judged.refuted


def test_one_article_that_tells_machines_and_readers_another_day_refutes_a_feed():
    posts = [[feed("2026-03-02T09:00"), stated("2026-03-04T09:00"), text("2026-03-04")]]
    assert FEED in judge_witnesses(posts, ZONE).refuted


def test_one_day_in_a_text_alone_asks_for_more_articles_first():
    agreeing = [feed("2026-03-09T09:00"), text("2026-03-09T09:00")]
    contradicted = [feed("2026-03-02T09:00"), text("2026-03-04")]
    judged = judge_witnesses([agreeing, contradicted], ZONE)
    assert (FEED in judged.denied, FEED in judged.refuted) == (True, False)
    assert FEED in judge_witnesses([agreeing, contradicted, contradicted], ZONE).refuted


def test_a_day_in_a_text_stands_not_against_two_machines():
    posts = [[feed("2026-03-02T09:00"), stated("2026-03-02T09:00"), text("2026-02-20")]] * 3
    assert not judge_witnesses(posts, ZONE).refuted


def test_a_list_is_unseated_by_its_articles_and_says_nothing_against_them():
    posts = [[slot("2026-03-09"), stated(f"2026-03-0{day}T10:00")] for day in (2, 4)]
    judged = judge_witnesses(posts, ZONE)
    assert judged.refuted == {SLOT}
    assert unseated_slots(TrustMemory(refuted=tuple(judged.refuted))) == {"li>span"}


def test_a_clock_on_every_article_unseats_no_list():
    posts = [[slot(f"2026-03-0{day}"), text("2026-03-20")] for day in (2, 4, 6)]
    assert judge_witnesses(posts, ZONE).refuted == {TEXT}


def test_local_time_that_calls_itself_utc_is_known_by_the_readers_clock():
    # 21:12 with a Z is 04:12 of the next day in Jakarta; readers are told 21:12 WIB.
    posts = [
        [stated(f"2026-03-0{day + 1}T04:12"), text(f"2026-03-0{day}T21:12", raw="21:12 WIB")]
        for day in (2, 4)
    ]
    assert "json-ld NewsArticle.datePublished" in judge_witnesses(posts, ZONE).refuted


@pytest.mark.parametrize(("hour", "by_day", "refuted"), [(3, 17, True), (6, 10, False)])
def test_a_feed_by_night_is_local_time_where_lists_tell_the_day_of_utc(hour, by_day, refuted):
    # Before seven the day of UTC is the one before. A post of ten o'clock that calls itself UTC's is at 17.
    late = [[feed(f"2026-03-0{day}T0{hour}:00"), slot(f"2026-03-0{day - 1}")] for day in (3, 5)]
    day_time = [[feed(f"2026-03-1{day}T{by_day}:00"), slot(f"2026-03-1{day}")] for day in (1, 2, 3)]
    assert (FEED in judge_witnesses([*late, *day_time], ZONE).refuted) is refuted


def test_what_gives_reason_to_doubt_itself_wants_one_article_that_confirms():
    alike = [[feed("2026-03-09T08:00")] for _ in range(3)]
    assert judge_witnesses(alike, ZONE, [FEED]).refuted == {FEED}
    confirmed = [*alike, [feed("2026-03-09T08:00"), text("2026-03-09")]]
    assert not judge_witnesses(confirmed, ZONE, [FEED]).refuted
    # A batch is of one day; a feed that was built on the day of its newest post is not.
    contradicted = [*confirmed, [feed("2026-03-09T08:00"), text("2026-03-04")]]
    assert judge_witnesses(contradicted, ZONE, [FEED]).refuted == {FEED}


def test_samples_are_the_newest_the_oldest_and_one_by_night():
    hours = {0: 9, 1: 10, 2: 2, 3: 11, 4: 9}
    posts = [
        Post(f"/{n}", f"https://a.id/{n}", date=feed(f"2026-03-{20 - n}T{hour:02}:00"))
        for n, hour in hours.items()
    ]
    samples, witnesses = choose_samples(posts, TrustMemory(), ZONE)
    assert {post.key for post in samples} == {"/0", "/4", "/2"}
    assert witnesses == (FEED,)
    assert choose_samples(posts, TrustMemory(asked=(FEED,), torn=(FEED,)), ZONE) == ((), ())
    assert choose_samples(posts, TrustMemory(asked=(FEED,)), ZONE, again=[FEED])[0]
    assert find_torn(samples, ZONE) == {FEED}


def test_a_feed_is_asked_again_when_its_first_post_comes_that_tells_its_clock():
    by_day = [Post(f"/{n}", f"https://a.id/{n}", date=feed(f"2026-03-{20 - n}T09:00")) for n in range(3)]
    asked = TrustMemory(believed=(FEED,), asked=(FEED,))
    assert choose_samples(by_day, asked, ZONE) == ((), ())
    fed, listed = feed("2026-03-21T02:00"), slot("2026-03-21")
    evening = Post("/e", "https://a.id/e", date=fed)
    assert choose_samples([*by_day, evening], asked, ZONE) == ((evening,), (FEED,))
    assert choose_samples([*by_day, evening], replace(asked, torn=(FEED,)), ZONE) == ((), ())
    told = PostDate(fed.at, fed.precision, (*fed.evidence, *listed.evidence))
    assert choose_samples([replace(evening, date=told)], asked, ZONE) == ((), ())


def test_a_post_to_which_a_list_gives_another_day_than_its_feed_is_a_sample():
    days = {0: "2026-03-20", 1: "2026-03-18", 2: "2026-03-11", 3: "2026-03-09", 4: "2026-03-05"}
    posts = []
    for n, day in days.items():
        told = feed(f"{day}T09:00")
        other = slot("2026-03-17") if n == 2 else slot(day)
        both = PostDate(told.at, told.precision, (*told.evidence, *other.evidence))
        posts.append(Post(f"/{n}", f"https://a.id/{n}", date=both))
    samples, _ = choose_samples(posts, TrustMemory(), ZONE)
    assert "/2" in {post.key for post in samples}


def test_the_newest_post_that_a_list_dates_before_the_window_is_a_sample_of_that_list():
    def listed(number, day, where):
        at = datetime.fromisoformat(day).replace(tzinfo=ZONE)
        witness = DateEvidence(EvidenceKind.LISTING, where, day, at, Precision.DAY, "https://a.id/")
        return Post(f"/{number}", f"https://a.id/{number}", date=PostDate(at, Precision.DAY, (witness,)))

    since = datetime(2026, 1, 1, tzinfo=ZONE)
    home = [listed(n, f"2026-03-{20 - n}", "li") for n in range(4)]
    news = [listed(9, "2026-02-09", "td"), listed(8, "2025-12-28", "td"), listed(7, "2025-12-02", "td")]
    samples, _ = choose_samples([*home, *news], TrustMemory(), ZONE, since=since)
    # Home's list says nothing of the days of the other, and reaches no edge.
    assert [post.key for post in samples] == ["/0", "/3", "/8"]


def test_a_post_that_stands_above_a_younger_one_is_a_sample_of_its_feed():
    days = ["2026-03-20", "2026-03-18", "2026-02-27", "2026-03-09", "2026-03-05", "2026-02-20"]
    posts = [Post(f"/{n}", f"https://a.id/{n}", date=feed(f"{day}T09:00")) for n, day in enumerate(days)]
    assert "/2" in {post.key for post in choose_samples(posts, TrustMemory(), ZONE)[0]}
    # A list may be sorted by readers.
    listed = [replace(post, date=slot(day)) for post, day in zip(posts, days, strict=True)]
    assert "/2" not in {post.key for post in choose_samples(listed, TrustMemory(), ZONE)[0]}


def test_each_witness_has_a_sample_though_others_have_had_all_three():
    fed = [Post(f"/{n}", f"https://a.id/{n}", date=feed(f"2026-03-{20 - n}T09:00")) for n in range(4)]
    lone = Post("/lone", "https://a.id/lone", date=slot("2026-03-22"))
    samples, witnesses = choose_samples([*fed, lone], TrustMemory(), ZONE)
    assert len(samples) == 4
    assert samples[-1] == lone
    assert witnesses == (FEED, SLOT)


def test_a_feed_of_drafts_is_refuted_by_hours_that_its_articles_do_not_tell():
    begun, put_up = ["02T08:00", "05T09:30", "09T08:10"], ["02T09:00", "05T13:30", "09T08:10"]
    posts = [[feed(f"2026-03-{a}"), stated(f"2026-03-{b}")] for a, b in zip(begun, put_up, strict=True)]
    assert FEED in judge_witnesses(posts, ZONE).refuted
    # One that differs is a reason to read more of them.
    judged = judge_witnesses([posts[0], posts[2]], ZONE)
    assert FEED not in judged.refuted
    assert FEED in judged.rough
    # A page that states its build does so of one day.
    built = [[feed(f"2026-03-02T{hour}:00"), stated("2026-03-02T15:00")] for hour in ("08", "11", "13")]
    assert FEED not in judge_witnesses(built, ZONE).refuted


def test_a_list_that_calls_the_clock_of_articles_utc_is_refuted_by_the_offset_that_they_name():
    def pair(day):
        shown, own = slot(f"{day}T02:14"), stated(f"{day}T02:14")
        told = replace(shown.evidence[0], at=datetime.fromisoformat(f"{day}T02:14").replace(tzinfo=UTC))
        named = replace(own.evidence[0], raw=f"{day}T02:14:00+07:00")
        return [PostDate(told.at, told.precision, (told,)), PostDate(own.at, own.precision, (named,))]

    assert SLOT not in judge_witnesses([pair("2026-03-02")], ZONE).refuted
    assert SLOT in judge_witnesses([pair("2026-03-02"), pair("2026-03-05")], ZONE).refuted


def test_an_age_bounds_what_a_page_states_of_its_build():
    aged = claim(EvidenceKind.LISTING, "2026-03-01", Precision.MONTH)
    build, shown = stated("2026-06-20T01:00"), text("2026-03-04")
    both = PostDate(build.at, build.precision, (*build.evidence, *shown.evidence))
    bounded = bound_by_age(both, aged)
    assert bounded is not None
    assert (bounded.at, bounded.contested) == (shown.at, True)
    assert bounded.evidence == (*shown.evidence, *build.evidence)
    assert bound_by_age(build, aged) is None
    assert bound_by_age(shown, aged) == shown


@pytest.mark.parametrize("alone", [True, False])
def test_hours_around_midnight_do_not_make_a_clock_that_of_utc(alone):
    # The feed calls 23:50 UTC's: 6:50 of the next day. Readers are told the day as it is written.
    night = [[feed(f"2026-03-0{day}T06:50"), text(f"2026-03-0{day - 1}")] for day in (3, 5, 7)]
    noon = [[feed(f"2026-03-1{day}T09:10"), text(f"2026-03-1{day}")] for day in (1, 2, 3)]
    posts = night if alone else [*night, *noon]
    assert (FEED in judge_witnesses(posts, ZONE).refuted) is alone


def test_what_is_refuted_dates_nothing_and_stays_on_record():
    left = weigh_claims([feed("2026-03-02T09:00"), slot("2026-03-04")], {FEED}, ZONE)
    assert left is not None
    assert [name_witness(e) for e in left.evidence] == [SLOT, FEED]
    assert weigh_claims([feed("2026-03-02T09:00")], {FEED}, ZONE) is None


def test_a_feeds_bare_day_gives_way_to_what_readers_are_told():
    left = weigh_claims([feed("2026-03-02"), slot("2026-03-03")], (), ZONE)
    assert left is not None
    assert left.evidence[0].kind is EvidenceKind.LISTING
    exact = weigh_claims([slot("2026-03-03"), feed("2026-03-02T23:00")], (), ZONE)
    assert exact is not None
    assert exact.evidence[0].kind is EvidenceKind.FEED
    assert abs(exact.at - datetime(2026, 3, 2, 16, tzinfo=UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(("hours", "falls"), [((9, 14, 21), True), ((1, 4, 7), False)])
def test_of_two_machines_with_one_clock_the_hours_tell_which_calls_it_utc(hours, falls):
    """A feed in UTC, page data by the city's clock: one of them copied what the other shows."""
    posts = []
    for number, hour in enumerate(hours):
        shown = datetime(2026, 3, 2 + number, hour, 14, 52, tzinfo=UTC)
        feed_says = claim(EvidenceKind.FEED, f"{shown.astimezone(ZONE):%Y-%m-%dT%H:%M:%S}")
        posts.append([feed_says, stated(f"{shown:%Y-%m-%dT%H:%M:%S}")])
    assert (FEED in judge_witnesses(posts, ZONE).refuted) == falls
