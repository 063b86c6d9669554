"""Each kind of flag: what raises it, and above all what does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from activity.agency import Channel
from activity.flag import AccountTrail, FlagKind, Look, Trace
from activity.semester import Semester
from scoring.integrity.detect import detect_flags
from scoring.rubrics.rule import IntegrityRule

SEMESTER = Semester(2026, 1)
RULE = IntegrityRule({})
FIRST = SEMESTER.first_day
LIST = "https://a.example.id/feed"


def day(number: int) -> date:
    """A day of the semester, counted from 0."""
    return FIRST + timedelta(days=number)


def trace(key: str, claimed: int, seen: int | None = None, last: int = 180, title: str = "", **more) -> Trace:
    seen = claimed if seen is None else seen
    at = datetime.combine(day(claimed), time(3), UTC)
    values = {
        "url": f"https://a.example.id/berita/{key}",
        "title": title or f"Kantor Nomor {key} Membuka Layanan Baru di Balai {key}",
        "published_at": at,
        "seen_at": datetime.combine(day(seen), time(15), UTC),
    }
    return Trace(key=key, day=day(claimed), first_seen=day(seen), last_seen=day(last), **{**values, **more})


def nightly(nights: range, listed: int = 10, since: int = -184) -> tuple[Look, ...]:
    """Every night read; the first went over everything."""
    return tuple(
        Look(day(n), LIST, day(since if n == nights[0] else n), read=True, listed=listed) for n in nights
    )


def trail(*traces: Trace, looks: tuple[Look, ...] = (), agency: str = "a", **more) -> AccountTrail:
    values = {"channel": Channel.WEBSITE, "account": 1, "address": f"https://{agency}.example.id/"}
    return AccountTrail(agency=agency, looks=looks, traces=traces, **{**values, **more})


def kinds(*trails: AccountTrail, rule: IntegrityRule = RULE) -> list[tuple[FlagKind, tuple[str, ...]]]:
    return [(f.kind, tuple(post.key for post in f.posts)) for f in detect_flags(trails, rule, SEMESTER)]


class TestBackDated:
    def test_a_day_that_was_looked_at_and_did_not_have_it(self):
        (flag,) = detect_flags([trail(trace("x", 10, 40), looks=nightly(range(60)))], RULE, SEMESTER)
        assert flag.kind is FlagKind.BACK_DATED
        assert "claims 2026-01-11" in flag.evidence
        assert "night of 2026-02-09" in flag.evidence
        assert "https://a.example.id/berita/x" in flag.evidence

    @pytest.mark.parametrize(
        ("claimed", "seen"),
        [
            pytest.param(10, 10, id="the same night"),
            pytest.param(10, 11, id="after the crawl of its evening"),
            pytest.param(10, 12, id="a day late"),
            pytest.param(0, 0, id="a first visit's"),
        ],
    )
    def test_honest(self, claimed, seen):
        assert kinds(trail(trace("x", claimed, seen), looks=nightly(range(60)))) == []

    def test_everything_that_a_first_visit_finds_is_old_and_no_flag(self):
        assert kinds(trail(trace("x", 10, 100), looks=nightly(range(100, 130)))) == []

    def test_nothing_that_a_file_brought(self):
        assert kinds(trail(trace("x", 10, 40, imported=True), looks=nightly(range(60)))) == []

    def test_one_old_copy_out_of_a_cache_proves_nothing_two_do(self):
        looks = (*nightly(range(3)), *nightly(range(20, 22), since=2))
        posts = [trace(f"old{n}", n, n) for n in range(3)] + [trace("x", 8, 21)]
        assert kinds(trail(*posts, looks=looks)) == []
        # Neither does it where the same look shows a post of a later day: then it was no copy.
        (flag,) = detect_flags([trail(*posts, trace("y", 15, 20), looks=looks)], RULE, SEMESTER)
        assert [post.key for post in flag.posts] == ["x"]
        looks = (*nightly(range(3)), *nightly(range(19, 22), since=2))
        posts[-1] = trace("x", 8, 21)
        assert kinds(trail(*posts, looks=looks)) == [(FlagKind.BACK_DATED, ("x",))]

    def test_the_gap_of_an_outage_proves_nothing(self):
        looks = (*nightly(range(10)), replace(nightly(range(20, 60))[0], complete_from=day(10)))
        looks += nightly(range(20, 60))[1:]
        assert kinds(trail(trace("x", 11, 20), looks=looks)) == []

    def test_a_server_that_says_unchanged_proves_nothing(self):
        looks = nightly(range(10)) + tuple(replace(look, read=False) for look in nightly(range(10, 20)))
        looks = tuple(replace(look, complete_from=look.night) if i else look for i, look in enumerate(looks))
        assert kinds(trail(trace("x", 12, 20), looks=(*looks, *nightly(range(20, 30), since=20)))) == []

    def test_a_visit_that_a_budget_ended_proves_nothing(self):
        looks = list(nightly(range(60)))
        for night in range(5, 40):
            looks[night] = replace(looks[night], complete_from=None, read=False)
        assert kinds(trail(trace("x", 10, 40), looks=tuple(looks))) == []

    def test_a_section_found_anew_is_compared_with_its_like_only(self):
        looks = list(nightly(range(60)))
        looks[40] = replace(looks[40], complete_from=day(-184), endpoint="https://a.example.id/pengumuman")
        other = trace("x", 10, 40, url="https://a.example.id/pengumuman/x")
        assert kinds(trail(trace("y", 1), other, looks=tuple(looks))) == []
        looks[30] = replace(looks[30], complete_from=day(-184))
        assert kinds(trail(trace("y", 1), other, looks=tuple(looks))) == [(FlagKind.BACK_DATED, ("x",))]

    def test_another_program_s_first_list_may_hold_what_no_former_list_held(self):
        looks = list(nightly(range(60)))
        looks[40] = replace(looks[40], complete_from=day(-184))
        others = [trace(f"y{n}", n) for n in range(0, 9, 4)]
        assert kinds(trail(*others, trace("x", 10, 40), looks=tuple(looks))) == [
            (FlagKind.BACK_DATED, ("x",))
        ]
        looks[40] = replace(looks[40], renamed=3)
        assert kinds(trail(*others, trace("x", 10, 40), looks=tuple(looks))) == []

    def test_found_anew_in_the_one_list_that_reached_down_to_it(self):
        looks = list(nightly(range(60)))
        looks[40] = replace(looks[40], complete_from=day(-184))
        old = [trace(f"y{n}", n) for n in range(0, 9, 4)]
        assert kinds(trail(*old, trace("x", 10, 40), looks=tuple(looks))) == [(FlagKind.BACK_DATED, ("x",))]
        busy = [trace(f"z{n}", n) for n in range(11, 40)]
        assert (FlagKind.BACK_DATED, ("x",)) in kinds(trail(*old, trace("x", 10, 40), looks=tuple(looks)))
        looks = [replace(look, listed=4) for look in looks]
        assert kinds(trail(*busy, trace("x", 10, 40), looks=tuple(looks[11:]))) == []

    def test_found_anew_in_the_one_list_that_claimed_its_day(self):
        """A pause, and a page that is mostly news: it reaches down by what it claims, not by its length."""
        looks = [
            Look(day(n), LIST, day(since), read=True, listed=6)
            for n, since in ((0, -184), (5, 2), (20, 5), (40, -184))
        ]
        others = [trace(f"y{n}", n, seen) for n, seen in ((3, 5), (12, 20), (14, 20), (16, 20), (19, 20))]
        late = trace("x", 11, 40)
        assert kinds(trail(*others, late, looks=tuple(looks))) == [(FlagKind.BACK_DATED, ("x",))]
        looks[2] = replace(looks[2], complete_from=day(11))
        assert kinds(trail(*others, late, looks=tuple(looks))) == []

    def test_a_list_that_claims_nothing_accuses_nobody(self):
        """Sorted by readers, it shows ten posts, and honest new ones nowhere near its top."""
        looks = [replace(look, complete_from=None) for look in nightly(range(60))]
        looks[0], looks[40] = (replace(looks[n], complete_from=day(-184)) for n in (0, 40))
        old = [trace(f"y{n}", n) for n in range(0, 9, 4)]
        assert kinds(trail(*old, trace("x", 10, 40), looks=tuple(looks))) == []

    def test_a_site_moved_to_another_system_did_not_write_anew(self):
        old = trace("x", 10, title="Rapat Koordinasi Penanganan Banjir Tahun Ini")
        new = replace(old, key="new", url="https://a.example.id/2026/x", first_seen=day(40))
        assert FlagKind.BACK_DATED not in {
            kind for kind, _ in kinds(trail(old, new, looks=nightly(range(60))))
        }

    def test_lists_that_take_turns_need_a_second_claim(self):
        looks = [
            replace(look, complete_from=day(n - 3) if n % 4 == 0 else None)
            for n, look in enumerate(nightly(range(60)))
        ]
        looks[0] = replace(looks[0], complete_from=day(-184))
        assert kinds(trail(trace("x", 9, 14), looks=tuple(looks))) == []
        assert kinds(trail(trace("x", 9, 30), looks=tuple(looks))) == [(FlagKind.BACK_DATED, ("x",))]

    def test_the_grace_is_the_rubrics(self):
        late = trail(trace("x", 10, 15), looks=nightly(range(60)))
        assert kinds(late, rule=replace(RULE, back_dated_days=3)) == [(FlagKind.BACK_DATED, ("x",))]
        assert kinds(late, rule=replace(RULE, back_dated_days=4)) == []


class TestBurst:
    def test_many_on_the_last_days(self):
        late = [trace(str(n), 174 + n % 7) for n in range(12)]
        early = [trace(f"e{n}", 10 * n) for n in range(15)]
        assert kinds(trail(*early, *late))[0][0] is FlagKind.BURST

    @pytest.mark.parametrize(("late", "early"), [(9, 0), (12, 30)])
    def test_few_or_a_small_share(self, late, early):
        posts = [trace(str(n), 174 + n % 7) for n in range(late)]
        assert kinds(trail(*posts, *(trace(f"e{n}", 5 * n) for n in range(early)))) == []


class TestCopied:
    TITLE = "Wali Kota Resmikan Pasar Baru yang Ramah Lingkungan"

    def test_the_later_office_is_named_and_the_earlier_in_the_evidence(self):
        first, second = trace("x", 10, title=self.TITLE), trace("y", 12, title=self.TITLE.upper() + "!")
        flags = detect_flags([trail(first), trail(second, agency="b")], RULE, SEMESTER)
        assert [(f.kind, f.agency) for f in flags] == [(FlagKind.COPIED, "b")]
        assert "a's" in flags[0].evidence
        assert "/berita/x) of 2026-01-11" in flags[0].evidence

    def test_a_headline_that_the_list_cuts_is_compared_by_the_words_of_its_address(self):
        url = "https://b.example.id/kabar/12-wali-kota-resmikan-pasar-baru-yang-ramah-lingkungan"
        cut = trace("y", 12, title="Wali Kota Resmikan Pasar Baru yang Ramah Ling...", url=url)
        flags = detect_flags(
            [trail(trace("x", 10, title=self.TITLE)), trail(cut, agency="b")], RULE, SEMESTER
        )
        assert [(f.kind, f.agency) for f in flags] == [(FlagKind.COPIED, "b")]
        named = trail(replace(cut, url=f"{url}.html?lang=id#isi"), agency="b")
        assert kinds(trail(trace("x", 10, title=self.TITLE)), named) == [(FlagKind.COPIED, ("y",))]
        broken = trail(replace(cut, url="http://[alamat-situs]/"), agency="b")
        assert kinds(trail(trace("x", 10, title=self.TITLE)), broken) == []
        numbered = trail(replace(cut, url="https://b.example.id/?id=12"), agency="b")
        assert kinds(trail(trace("x", 10, title=self.TITLE)), numbered) == []

    @pytest.mark.parametrize(
        ("said", "beside", "copied"),
        [
            pytest.param("Sehat Sentosa Bersama", "", True, id="the same"),
            pytest.param("Sejati Sentosa Bersama", "", False, id="another word"),
            pytest.param("Sehat Sentosa Bersama", "Kebun Seh Wali Dibuka untuk Umum", False, id="a word"),
        ],
    )
    def test_a_headline_that_list_and_address_cut_is_compared_as_far_as_it_goes(self, said, beside, copied):
        url = "https://b.example.id/kabar/12-wali-kota-resmikan-pasar-baru-yang-ramah-lingkungan-hidup-seh"
        cut = trace("y", 12, title="Wali Kota Resmikan Pasar Baru yang R...", url=url)
        own = trace("x", 10, title=f"{self.TITLE} Hidup {said}")
        other = trail(trace("z", 60, title=beside))
        assert kinds(other, trail(own, agency="c"), trail(cut, agency="b")) == (
            [(FlagKind.COPIED, ("y",))] if copied else []
        )
        # A longer address shows that no program cuts them there.
        longer = trace("w", 60, title="Apa saja...", url=f"{url}at-sentosa")
        assert kinds(other, trail(own, agency="c"), trail(cut, longer, agency="b")) == []

    def test_who_back_dates_a_copy_is_not_credited(self):
        copy = trail(trace("y", 5, 40, title=self.TITLE), looks=nightly(range(60)), agency="b")
        flags = detect_flags([trail(trace("x", 10, title=self.TITLE)), copy], RULE, SEMESTER)
        assert {(f.kind, f.agency) for f in flags} == {(FlagKind.BACK_DATED, "b"), (FlagKind.COPIED, "b")}

    @pytest.mark.parametrize(
        "title",
        [
            pytest.param("", id="none"),
            pytest.param("Kerja Bakti", id="short"),
            pytest.param("Selamat Hari Raya Idul Fitri Bagi Seluruh Warga", id="a greeting"),
        ],
    )
    def test_never(self, title):
        first = replace(trace("x", 10), title=title)
        assert kinds(trail(first), trail(replace(first, key="y", url="u"), agency="b")) == []

    def test_a_formula_months_apart_or_of_every_week_is_no_copy(self):
        first, later = trace("x", 10, title=self.TITLE), trace("y", 60, title=self.TITLE, url="u")
        assert kinds(trail(first), trail(later, agency="b")) == []
        series = [trace(f"x{n}", 30 * n, title=self.TITLE, url=f"x{n}") for n in range(5)]
        near = trace("y", 62, title=self.TITLE, url="u")
        assert kinds(trail(*series), trail(near, agency="b")) == []
        own = trace("z", 140, title=self.TITLE, url="v")
        assert kinds(trail(series[2]), trail(near, own, agency="b")) == []

    def test_another_place_in_the_same_sentence_is_another_event(self):
        text = "Wali Kota Membuka Vaksinasi Massal bagi Semua Warga Lanjut Usia di Kelurahan"
        first, second = (
            trace("x", 10, title=f"{text} Kuin"),
            trace("y", 11, title=f"{text} Pelambuan", url="u"),
        )
        assert kinds(trail(first), trail(second, agency="b")) == []
        longer = trace("y", 11, title=f"{text} Kuin Bersama Mahasiswa", url="u")
        assert kinds(trail(first), trail(longer, agency="b")) == [(FlagKind.COPIED, ("y",))]

    def test_the_same_event_held_by_two_offices(self):
        def office(name: str) -> AccountTrail:
            days = range(0, 60, 7)
            own = [
                trace(f"{name}{n}", n, title=f"{name} Gelar Acara Ke {n} Bersama Warga Kota") for n in days
            ]
            text = f"{name} gelar posyandu balita di balai warga rt tiga dengan peserta dari semua lingkungan"
            text += " dan berjalan tertib sampai selesai di sore hari"
            return trail(*own, trace("same", 90, title=text, url=f"https://{name}.id/same"), agency=name)

        assert kinds(office("dinkes"), office("disdik")) == []

    def test_an_office_says_on_instagram_what_its_site_says(self):
        site, feed = trace("x", 10, title=self.TITLE), trace("y", 11, title=self.TITLE)
        assert kinds(trail(site), trail(feed, channel=Channel.INSTAGRAM, account=2)) == []

    def test_the_order_of_accounts_never_matters(self):
        trails = [
            trail(trace("k", 10 + n, title=self.TITLE, url=f"u{n}"), agency=name)
            for n, name in enumerate("abc")
        ]
        told = detect_flags(trails, RULE, SEMESTER)
        assert detect_flags(trails[::-1], RULE, SEMESTER) == told
        assert [f.agency for f in told] == ["b", "c"]


class TestRepeated:
    TITLE = "Ayo Ikuti Vaksinasi Gratis Bagi Semua Warga"

    def test_thrice_in_a_week(self):
        posts = [trace(str(n), 10 + 2 * n, title=self.TITLE) for n in range(4)]
        assert kinds(trail(*posts)) == [(FlagKind.REPEATED, ("1", "2", "3"))]

    def test_the_same_sentence_of_three_places_is_three_events(self):
        text = "Petugas Menyemprot Sarang Nyamuk di Lingkungan Rukun Tetangga Nomor"
        assert kinds(trail(*(trace(str(n), 10 + n, title=f"{text} {n}") for n in range(4)))) == []

    def test_a_weekly_event_repeats_nothing(self):
        assert kinds(trail(*(trace(str(n), 7 * n, title=self.TITLE) for n in range(20)))) == []

    def test_twice_is_no_habit(self):
        assert kinds(trail(trace("1", 10, title=self.TITLE), trace("2", 12, title=self.TITLE))) == []


class TestGreeting:
    def test_half_and_more(self):
        wishes = [trace(f"w{n}", n, title=f"Dirgahayu Kota Kita Ke {n}") for n in range(5)]
        news = [trace(f"n{n}", n) for n in range(5)]
        assert [kind for kind, _ in kinds(trail(*wishes, *news))] == [FlagKind.GREETING]
        assert kinds(trail(*wishes, *news, trace("more", 9))) == []

    def test_two_are_too_few(self):
        wishes = [trace(f"w{n}", n, title=f"Selamat Hari Jadi Ke {n}") for n in range(2)]
        assert kinds(trail(*wishes)) == []


class TestShared:
    def test_one_item_under_two_agencies_counts_for_its_owner(self):
        post = trace("x", 10, url="https://www.instagram.com/p/Cx/")
        flags = detect_flags(
            [trail(post), trail(replace(post, first_seen=day(12)), agency="b")], RULE, SEMESTER
        )
        assert [(f.kind, f.agency) for f in flags] == [(FlagKind.SHARED, "b")]
        own = replace(post, url="https://b.example.id/x")
        flags = detect_flags(
            [trail(own), trail(replace(own, first_seen=day(12)), agency="b")], RULE, SEMESTER
        )
        assert [(f.kind, f.agency) for f in flags] == [(FlagKind.SHARED, "a")]

    def test_the_same_words_twice_on_a_day(self):
        title = "Pasar Murah Menyambut Bulan Puasa di Balai Kota"
        assert kinds(trail(trace("1", 10, title=title), trace("2", 10, title=title))) == [
            (FlagKind.SHARED, ("2",))
        ]


class TestDeleted:
    def posts(self) -> list[Trace]:
        return [trace(str(n), n, last=60) for n in range(0, 30, 3)]

    def test_absent_from_lists_that_go_on_to_older_posts(self):
        posts = self.posts()
        posts[7] = replace(posts[7], last_seen=day(40))
        (flag,) = detect_flags(
            [trail(*posts, channel=Channel.INSTAGRAM, looks=nightly(range(61), listed=30))], RULE, SEMESTER
        )
        assert (flag.kind, flag.posts[0].key) == (FlagKind.DELETED, "21")
        assert "20 later lists, 2026-02-11 to 2026-03-02" in flag.evidence

    def test_what_runs_off_the_end_of_a_list_is_not_deleted(self):
        posts = [replace(p, last_seen=min(p.last_seen, p.first_seen + timedelta(9))) for p in self.posts()]
        assert kinds(trail(*posts, channel=Channel.INSTAGRAM, looks=nightly(range(61), listed=4))) == []

    def test_pinned_posts_prove_nothing(self):
        posts = [replace(p, last_seen=p.first_seen + timedelta(9)) for p in self.posts()]
        posts[:2] = [replace(p, last_seen=day(60)) for p in posts[:2]]
        assert kinds(trail(*posts, channel=Channel.INSTAGRAM, looks=nightly(range(61), listed=5))) == []

    def test_two_nights_may_be_an_accident(self):
        posts = self.posts()
        posts[7] = replace(posts[7], last_seen=day(58))
        assert kinds(trail(*posts, channel=Channel.INSTAGRAM, looks=nightly(range(61), listed=30))) == []

    def test_a_website_is_asked_before_it_is_accused(self):
        posts = self.posts()
        posts[7] = replace(posts[7], last_seen=day(40))
        assert kinds(trail(*posts, looks=nightly(range(61), listed=30))) == []
        posts[7] = replace(posts[7], deleted=day(44))
        (flag,) = detect_flags([trail(*posts)], RULE, SEMESTER)
        assert (flag.kind, flag.posts[0].key) == (FlagKind.DELETED, "21")
        assert "on two nights, the second time on 2026-02-14" in flag.evidence
        elsewhere = replace(posts[7], key="x", first_seen=day(41), last_seen=day(60), deleted=None)
        assert kinds(trail(*posts, elsewhere)) == [(FlagKind.SHARED, ("x",))]

    def test_a_headline_that_a_list_had_cut_stands_elsewhere_whole(self):
        name, cut = "warga-anggrek-bersihkan-saluran-irigasi", "Warga Anggrek Bersihkan Sal..."
        old = trace("c", 30, 30, 40, cut, url=f"https://a.example.id/lama/{name}.html", deleted=day(44))
        new = trace("w", 30, 42, 60, name.title().replace("-", " "), url=f"https://a.example.id/2026/{name}/")
        assert kinds(trail(*self.posts(), old, new, looks=nightly(range(61)))) == []
        other = replace(new, title=f"{new.title} Desa", url=f"{new.url[:-1]}-desa/")
        found = kinds(trail(*self.posts(), old, other, looks=nightly(range(61))))
        assert found == [(FlagKind.BACK_DATED, ("w",)), (FlagKind.DELETED, ("c",))]


def test_an_edited_date_that_makes_a_post_newer():
    assert kinds(trail(trace("x", 90, 10, earlier=(day(10),)))) == [(FlagKind.REDATED, ("x",))]
    assert kinds(trail(trace("x", 10, 10, earlier=(day(9),)))) == []


def test_an_hour_to_come_of_a_day_that_has_begun_is_no_claim_of_the_future():
    late = trace("x", 50, 50)
    seen, claimed = late.seen_at.replace(hour=1), late.seen_at.replace(hour=22)
    assert kinds(trail(replace(late, seen_at=seen, published_at=claimed))) == []


def test_a_claim_ahead_of_its_sighting():
    assert kinds(trail(trace("x", 50, 40))) == [(FlagKind.FUTURE, ("x",))]
    assert kinds(trail(trace("x", 50, 40, earlier=(day(40),)))) == [(FlagKind.REDATED, ("x",))]


def test_a_hacked_account_is_flagged_whole():
    looks = (Look(day(50), LIST, day(50), read=True, hacked="4 hidden links"),)
    (flag,) = detect_flags([trail(looks=looks)], RULE, SEMESTER)
    assert (flag.kind, flag.posts) == (FlagKind.SPAM, ())
    assert "4 hidden links" in flag.evidence
