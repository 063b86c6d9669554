"""An archive of a small semester: the same bytes always, and every changed byte found and named."""

import io
import json
import zipfile
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.errors import SealError
from activity.flag import Flag, FlaggedPost, FlagKind, Original
from activity.jury import Action, Objection, Override
from activity.outcome import Outcome
from activity.post import EvidenceKind, Precision
from activity.ranking import ActivityRow
from activity.result.sealed import BoundedPost, ProvenPost, SealedAccount, SealedPost
from activity.semester import Night, Semester
from scoring.judgement import judge_rows
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.seal import archive as opening
from scoring.seal import section
from scoring.seal import verify as verifying
from scoring.seal.archive import render_archive
from scoring.seal.codec import dump, encode
from scoring.seal.container import pack_files
from scoring.seal.contents import Contents, SealedNights, SealHead, seal_nights
from scoring.seal.posts import PostLines, encode_post
from scoring.seal.ranking import compare_rankings, plain_ranking
from scoring.seal.recount import recount_rows
from scoring.seal.section import Section
from scoring.seal.verify import rank_contents

_SEMESTER = Semester(2026, 1)
_LAST = date(2026, 6, 30)
_AT = datetime(2026, 7, 20, 3, 4, 5, tzinfo=UTC)
_DAYS = _SEMESTER.days()
_AGENCIES = (
    Agency("dinkes", "Dinas Kesehatan — «Sehat»", "skpd", valid_from=date(2001, 2, 3)),
    Agency("dispora", "Dinas Pemuda\u2028dan Olahraga", "skpd", predecessors=("dinas-lama",)),
    Agency("kel-a", "Kelurahan A", "kelurahan", parent="kec-a"),
)


def verify_archive(archive):
    return verifying.verify_archive(io.BytesIO(archive))


def open_archive(archive):
    return opening.open_archive(io.BytesIO(archive))


def _post(agency, number, day):
    return SealedPost(
        agency=agency,
        channel=Channel.WEBSITE,
        address=f"https://{agency}.go.id/",
        key=f"/berita/{number}",
        url=f"https://{agency}.go.id/berita/{number}",
        title=f'Berita "{number}" é 🚒\u2028',
        published_at=day and datetime.combine(day, datetime.min.time(), UTC),
        precision=day and Precision.DAY,
        day=day,
        first_seen=day or date(2026, 3, 1),
        witness=day and EvidenceKind.FEED,
        evidence=sha256(str(number).encode()).hexdigest(),
    )


def _posts():
    for index, agency in enumerate(_AGENCIES):
        for number, offset in enumerate(range(index, 181, 8 + 20 * index)):
            yield _post(agency.slug, number, _DAYS[offset])
    yield _post("dinkes", "lama", date(2025, 12, 29))
    yield _post("kel-a", "tanpa-tanggal", None)


def _row(agency, posts):
    mine = [post for post in posts if post.agency == agency.slug]
    nights = [Night.SEEN] * 100 + [Night.UNSEEN] * 3 + [Night.RECONSTRUCTED] * 78
    return ActivityRow(
        agency=agency,
        channel=Channel.WEBSITE,
        address=f"https://{agency.slug}.go.id/",
        posts=tuple(sum(post.day == day for post in mine) for day in _DAYS),
        nights=tuple(nights),
        newest_before=date(2025, 12, 29) if agency.slug == "dinkes" else None,
        earliest_known=date(2026, 1, 1),
        undated=sum(post.day is None for post in mine),
        outcome=Outcome.OK,
        detail="12 posts",
        checked_at=_AT,
        followers=12,
    )


def make_contents() -> Contents:
    posts = tuple(_posts())
    rows = tuple(_row(agency, posts) for agency in _AGENCIES)
    decision = Override(
        1, "2026-S1", "kel-a", Channel.WEBSITE, Action.EXCLUDE, None, "Ketua", "Sanggahan", "BA-1", _AT
    )
    named = FlaggedPost("/berita/1", "https://dinkes.go.id/berita/1", "Selamat", _DAYS[5], _DAYS[5])
    # What stands beside, for SQL alone, is in no archive: its format knows nothing of it.
    beside = Original("kel-a", "/berita/2")
    flag = Flag(FlagKind.GREETING, "dinkes", Channel.WEBSITE, (named,), "Only a greeting", beside)
    rubric = parse_rubric(load_default(), "keaktifan")
    ranking = judge_rows(rows, (decision,), rubric, _SEMESTER, _LAST)
    return Contents(
        head=SealHead(1, "2026-S1", 1, None, _LAST, "Asia/Jakarta", _AT, "Ketua Tim", "", "0.1.0"),
        rubric=load_default(),
        agencies=_AGENCIES,
        accounts=tuple(
            SealedAccount(a.slug, Channel.WEBSITE, f"https://{a.slug}.go.id/", date(2026, 1, 1), None)
            for a in _AGENCIES
        ),
        posts=posts,
        nights=seal_nights(rows),
        flags=(flag,),
        overrides=(decision,),
        objections=(Objection(1, "2026-S1", "kel-a", None, "Lurah", "Salah hitung", _AT, late="surat"),),
        ranking=plain_ranking(ranking),
    )


@pytest.fixture(scope="module")
def contents() -> Contents:
    return make_contents()


@pytest.fixture(scope="module")
def archive(contents) -> bytes:
    return render_archive(contents)


def test_an_archive_holds_every_field_of_a_row():
    kept = {field.name for field in fields(SealedNights)}
    counted = {"posts", "newest_before", "undated", "datelines", "arrivals"}
    made_from_flags = {"flags", "held"}
    assert {field.name for field in fields(ActivityRow)} == kept | counted | made_from_flags


def test_rows_are_counted_anew_as_they_were(contents):
    posts = tuple(_posts())
    assert recount_rows(contents) == tuple(_row(agency, posts) for agency in _AGENCIES)


def test_what_was_sealed_is_identical(archive, contents):
    verdict = verify_archive(archive)
    assert verdict.identical, verdict.problems
    assert verdict.head == contents.head
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        assert verdict.sha256 == sha256(archive).hexdigest()
        manifest = json.loads(opened.read("manifest.json"))
        assert opened.namelist() == ["manifest.json", *manifest["files"]]
        for name, said in manifest["files"].items():
            body = opened.read(name)
            assert said == {"sha256": sha256(body).hexdigest(), "size": len(body)}


def test_the_order_of_the_values_changes_no_byte(archive, contents):
    turned = {
        name: tuple(reversed(getattr(contents, name))) for name in ("agencies", "accounts", "posts", "nights")
    }
    assert render_archive(replace(contents, **turned)) == archive


def _files(archive):
    """Each file with its first byte and the one after its last."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        starts = {info: info.header_offset + 30 + len(info.filename) for info in opened.infolist()}
    return [(info.filename, start, start + info.file_size) for info, start in starts.items()]


def _flip(archive, offset, bit):
    changed = bytearray(archive)
    changed[offset] ^= 1 << bit
    return bytes(changed)


def test_every_byte_of_the_form_and_every_third_of_a_file_is_watched(archive):
    files = _files(archive)
    for offset in range(len(archive)):
        file = next((name for name, start, end in files if start <= offset < end), "the ZIP's")
        if file != "the ZIP's" and offset % 3:
            continue
        problems = " | ".join(open_archive(_flip(archive, offset, offset % 8)).problems)
        assert file in problems, (offset, problems)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 7))
def test_a_changed_byte_is_never_identical(archive, place, bit):
    assert not verify_archive(_flip(archive, place % len(archive), bit)).identical


@given(st.binary(min_size=1, max_size=40), st.integers(1, 400))
@example(b"PK\5\6" + b"\0" * 18, 22)
@settings(deadline=None, max_examples=10)
def test_what_is_added_or_cut_off_is_found(archive, more, cut):
    assert not verify_archive(archive + more).identical
    assert not verify_archive(archive[:-cut]).identical


@given(st.binary(max_size=300))
@example(b"")
@example(b"PK\5\6" + b"\0" * 18)
@settings(deadline=None)
def test_bytes_that_are_no_archive_are_refused_or_found_wanting(noise):
    try:
        problems = verify_archive(noise).problems
    except SealError as error:
        problems = (str(error),)
    assert [line for line in problems if line and "\n" not in line]


def _tampered(contents, **changes):
    return verify_archive(render_archive(replace(contents, **changes)))


def test_a_consistent_forgery_still_gives_another_ranking(contents):
    fewer = tuple(post for post in contents.posts if post.agency != "dispora" or post.key > "/berita/3")
    verdict = _tampered(contents, posts=fewer)
    assert any(line.startswith("ranking.json: website dispora · score: sealed") for line in verdict.problems)
    assert _tampered(contents, overrides=()).problems
    assert _tampered(contents, rubric=contents.rubric.replace("places = 3", "places = 2")).problems


def _twice(contents):
    return {"posts": (*contents.posts, contents.posts[0])}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_twice, "the post /berita/0 twice"),
        (lambda c: {"agencies": c.agencies[1:]}, "dinkes on website"),
        (lambda c: {"nights": c.nights[1:]}, "dinkes on website"),
        (lambda c: {"nights": (*c.nights, c.nights[0])}, "dinkes on website"),
        (
            lambda c: {"nights": (replace(c.nights[0], nights=((Night.SEEN, 10**12),)), *c.nights[1:])},
            "its nights are not those of the semester",
        ),
        (lambda _: {"rubric": "weights = 1"}, "rubric.toml"),
        (lambda _: {"rubric": "\0"}, "rubric.toml"),
        (lambda _: {"ranking": {"categories": []}}, "ranking.json"),
        (lambda _: {"ranking": 7}, "ranking.json"),
        (lambda c: {"head": replace(c.head, semester="2026-S3")}, "Unknown semester"),
        (lambda c: {"head": replace(c.head, as_of=_LAST - timedelta(days=9))}, "as_of"),
    ],
)
def test_contents_that_do_not_belong_together_are_named(contents, change, named):
    assert named in "\n".join(_tampered(contents, **change(contents)).problems)


def _repacked(archive, **bodies):
    """A forger's archive: other bodies, every sum and header made to fit."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    files |= {name.replace("_", "."): body for name, body in bodies.items()}
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"sha256": sha256(body).hexdigest(), "size": len(body)}
        for name, body in files.items()
        if name != "manifest.json"
    }
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1, separators=(",", ": "))
    return pack_files(files | {"manifest.json": f"{text}\n".encode()})


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":NaN}\n',
        b"9" * 9_000 + b"\n",
        b'{"key":1}\n',
        b"\xff\n",
        b"\n",
        b"{}",
        b'"posts"\n',
        b'{"agency":"x","agency":"y"}\n',
    ],
)
def test_hostile_lines_are_one_clear_line(archive, body):
    verdict = verify_archive(_repacked(archive, posts_jsonl=body))
    assert len(verdict.problems) == 1
    assert verdict.problems[0].startswith("posts.jsonl")
    assert len(verdict.problems[0]) < 400


def test_lines_in_another_order_are_not_how_denyut_writes_them(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        lines = opened.read("posts.jsonl").splitlines(keepends=True)
    verdict = verify_archive(_repacked(archive, posts_jsonl=b"".join(reversed(lines))))
    assert verdict.problems == ("posts.jsonl is not written as Denyut writes it",)


def test_another_format_is_refused_with_the_version_that_reads_it(contents):
    newer = render_archive(replace(contents, head=replace(contents.head, format=4, code_version="9.9")))
    with pytest.raises(SealError, match=r"format 4.*9\.9"):
        open_archive(newer)


def test_figures_count_as_the_same_only_within_the_last_decimal(contents):
    ranking = plain_ranking(rank_contents(contents))
    standing = ranking["categories"][0]["standings"][0]
    assert compare_rankings(contents.ranking, ranking) == ()
    score = standing["score"]
    standing["score"] = score + 1e-6
    assert compare_rankings(contents.ranking, ranking) == ()
    standing["score"] = score + 1e-5
    (line,) = compare_rankings(contents.ranking, ranking)
    assert line.startswith("website dinkes · score: sealed")


def _as_of_format_1(post):
    return SealedPost(**{field.name: getattr(post, field.name) for field in fields(SealedPost)})


def _proven(contents):
    """The same semester in format 2, in which each post names what it rests on."""
    digests = {True: ("a" * 64, "b" * 64), False: ()}
    posts = tuple(
        ProvenPost(
            **{field.name: getattr(post, field.name) for field in fields(SealedPost)},
            records=digests[post.agency == "dinkes"],
            files=(),
        )
        for post in contents.posts
    )
    return replace(contents, head=replace(contents.head, format=2), posts=posts)


def test_an_archive_of_either_format_is_verified_by_its_own(contents, archive):
    newer = render_archive(_proven(contents))
    assert verify_archive(newer).identical
    assert b'"records"' in newer
    assert b'"records"' not in archive
    mixed = render_archive(replace(contents, head=replace(contents.head, format=2)))
    assert "files, records" in verify_archive(mixed).problems[0]
    older = render_archive(replace(_proven(contents), head=contents.head))
    assert verify_archive(older).problems == ("posts.jsonl is not written as Denyut writes it",)


def _bounded(contents):
    """The same in format 3, in which a post without a day names the looks around its coming."""
    proven = _proven(contents)
    posts = tuple(
        BoundedPost(
            **{field.name: getattr(post, field.name) for field in fields(ProvenPost)},
            arrival=(date(2026, 3, 1), date(2026, 2, 27)) if post.day is None else None,
        )
        for post in proven.posts
    )
    return replace(proven, head=replace(contents.head, format=3), posts=posts)


def _without_undated(contents):
    """A rubric from before posts without a day were spoken of."""
    table = contents.rubric.index("[undated]")
    after = contents.rubric.index("\n", contents.rubric.index("most =", table))
    return replace(contents, rubric=contents.rubric[:table] + contents.rubric[after + 1 :])


def test_posts_without_a_day_speak_only_where_format_and_rubric_both_know_them(contents):
    def standing_of(given):
        ranking = rank_contents(given)
        return next(s for c in ranking.categories for s in c.standings if s.agency.slug == "kel-a")

    nights = [standing_of(each).coverage for each in (contents, _without_undated(_bounded(contents)))]
    assert nights[0] == nights[1]
    assert standing_of(_bounded(contents)).coverage.seen == nights[0].seen - 2
    sealed = _bounded(contents)
    ranked = replace(sealed, ranking=plain_ranking(rank_contents(sealed)))
    assert verify_archive(render_archive(ranked)).identical


_AWKWARD = st.sampled_from('"\\/\b\f\n\r\t\x00\x1f\x7f\x80\u2028😀<&')
_AWKWARD_TEXT = st.text(st.one_of(_AWKWARD, st.characters(exclude_categories=["Cs"])))


@given(
    st.builds(
        BoundedPost,
        agency=_AWKWARD_TEXT,
        channel=st.sampled_from(Channel),
        address=_AWKWARD_TEXT,
        key=_AWKWARD_TEXT,
        url=_AWKWARD_TEXT,
        title=_AWKWARD_TEXT,
        published_at=st.none() | st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC)),
        precision=st.none() | st.sampled_from(Precision),
        day=st.none() | st.dates(),
        first_seen=st.dates(),
        witness=st.none() | st.sampled_from(EvidenceKind),
        evidence=_AWKWARD_TEXT,
        records=st.lists(_AWKWARD_TEXT, max_size=2).map(tuple),
        files=st.just(()),
        arrival=st.none() | st.tuples(st.dates(), st.none() | st.dates()),
    ),
    st.booleans(),
)
def test_the_quick_way_writes_and_reads_a_post_as_the_plain_one_does(post, older):
    post = _as_of_format_1(post) if older else post
    line = encode_post(post)
    assert line == f"{dump(encode(post))}\n".encode()
    lines = PostLines(Section(io.BytesIO(line), 0, len(line)), type(post))
    assert [dump(encode(read)) for read in lines] == [dump(encode(post))]


@given(st.lists(st.binary(max_size=6).map(lambda each: each.replace(b"\n", b"") + b"\n"), max_size=60))
def test_lines_are_sorted_in_runs_as_they_are_at_once(lines):
    with patch.object(section, "_RUN", 7), patch.object(section, "_PIECE", 11):
        assert list(section.sort_lines(lines, io.BytesIO)) == sorted(lines)
        written = section.write_lines(io.BytesIO(), lines)
        assert list(written.lines()) == lines


def test_a_line_without_end_is_refused_before_it_fills_the_memory(archive):
    verdict = verify_archive(_repacked(archive, posts_jsonl=b'"' + b"a" * (3 * 2**24)))
    assert verdict.problems == ("posts.jsonl: the last line is cut short.",)


def test_what_stands_beside_is_in_no_archive(contents):
    (flag,) = contents.flags
    assert encode(flag).keys() == {"kind", "agency", "channel", "posts", "evidence"}
