"""Views of accounts and of what was recorded on the way: looks, followers, dates that gave way."""

from activity.channel import CHANNELS, Channel
from db.schema.view import AGENCY, DatabaseView

__all__ = ["RECORD_VIEWS"]

_DATE_CHANGES = DatabaseView(
    "date_changes",
    "Every date that gave way to another, and whose doing that was.",
    AGENCY
    | {
        "key": "The post.",
        "url": "Address a person opens.",
        "replaced_at": "When another date took its place.",
        "cause": "`site`: the site says otherwise in the same place; `reading`: a correction of ours.",
        "published_at": "Moment that the post claimed before.",
        "precision": "How finely.",
        "day": "Local day that it claimed before.",
        "day_now": "Local day that it claims today.",
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, post.key, post.url,
        @moment(claim.replaced_at), claim.cause, @moment(claim.published_at), claim.precision,
        @day(claim.local_day), @day(post.local_day)
    FROM post_claim AS claim
    JOIN post ON post.account_id = claim.account_id AND post.key = claim.key
    JOIN account ON account.id = post.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_LOOKS = DatabaseView(
    "looks",
    "Every look at every account.",
    AGENCY
    | {
        "address": "The account's address.",
        "night": "The night.",
        "outcome": "What the look ended in.",
        "saw": "Whether the night was seen.",
        "detail": "Evidence for the outcome.",
        "endpoint": "Address that listed the posts, or the file.",
        "fetched_at": "The moment.",
        "complete_since": "The list was read without a gap back to this moment.",
        "proof": "Why that is believed; a claim without one reconstructs no night.",
        "complete_from": "First local day that is known by it; empty without a proof.",
        "posts_found": "Posts that it brought.",
        "posts_new": "Those not seen before.",
        "requests": "Requests made.",
        "scheme": "`https` or `http`, of the first page that came; of websites only.",
        "certificate": "`valid`, `expired` or `invalid`: the worst that was met; empty where none was shown.",
        "first_byte": "Seconds from the first request to its answer's first byte, connecting included.",
        "wave": "1, or in which later pass of the same night it was tried again; costs are of all of them.",
        "run": "1 for the night's first run, then upwards.",
        "imported": "Whether a file was read instead; it makes no night a seen one.",
        "local_time": "The moment by the city's clock.",
        "left_out": "Candidates judged not to be posts.",
        "bytes": "Bytes received, decompressed.",
        "seconds": "Wall clock of the visit.",
        "followers": "Followers, where shown.",
        "semester": "Semester of the night.",
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, @day(shot.night),
        shot.outcome, shot.saw, shot.detail, shot.endpoint, @moment(shot.fetched_at),
        @moment(shot.complete_since), shot.proof, @day(shot.complete_from), shot.posts_found,
        shot.posts_new, shot.requests, shot.scheme, shot.certificate, shot.first_byte, shot.wave,
        run.number, run.status = 'imported', @local(shot.fetched_at), shot.left_out, shot.bytes,
        shot.seconds, shot.followers, @semester(shot.night)
    FROM snapshot AS shot
    JOIN run ON run.id = shot.run_id
    JOIN account ON account.id = shot.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_RECORDS = DatabaseView(
    "records",
    "Each page that a post rests on, as it was received; posts stored before pages were kept have none.",
    AGENCY
    | {
        "key": "The post.",
        "url": "Address of the page.",
        "captured_at": "When it was received.",
        "digest": "SHA-256 of its body, in hex.",
        "size": "Bytes of its body.",
        "file": "WARC file in the evidence folder.",
        "place": "Where in the file its gzip member begins.",
        "length": "How many bytes the member has there.",
        "removed_at": "When the page was removed after the seals of its posts; empty while it is kept.",
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, basis.key, record.url,
        @moment(record.captured_at), record.digest, record.size, record.file, record."offset", record.length,
        @moment(record.removed_at)
    FROM post_basis AS basis
    JOIN record ON record.id = basis.record_id
    JOIN account ON account.id = basis.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


def _spell_link(channel: Channel) -> str:
    """SQL of the address at which a reader finds an account of a channel."""
    before, _, after = CHANNELS[channel].link(_MARK).partition(_MARK)
    return f"'{before}' || account.address || '{after}'"


# A channel of YouTube without a name of its own goes by a number, and so by another address.
_LINKS = " ".join(
    f"WHEN account.channel = '{channel}' THEN {_spell_link(channel)}"
    for channel in CHANNELS
    if channel not in {Channel.WEBSITE, Channel.YOUTUBE}
)
_LINK = f"""CASE {_LINKS}
            WHEN account.channel = 'youtube' AND account.address LIKE 'UC%' AND length(account.address) = 24
            THEN 'https://www.youtube.com/channel/' || account.address
            WHEN account.channel = 'youtube' THEN {_spell_link(Channel.YOUTUBE)}
            ELSE account.address END"""

_ACCOUNTS = DatabaseView(
    "accounts",
    "Every address that an agency had on a channel, and for how long: a renamed handle or a moved site is "
    "several rows, of which one at most is open.",
    AGENCY
    | {
        "address": "A website's address, elsewhere the handle.",
        "url": "Address a person opens.",
        "valid_from": "Day of the registry file that opened it.",
        "valid_to": "Day of the registry file that closed it; empty while it is open.",
        "open": "Whether it is looked at.",
        "turn": "1 for the channel's first address, then upwards.",
        "addresses": "How many addresses the channel had.",
        "participation": "Of the agency: `peserta`, `non-kompetisi` or `tidak dinilai`.",
        "parent": "Slug of the body above the agency; may be empty.",
        "agency_from": "First day the agency exists; empty when it always has.",
        "agency_to": "First day it no longer exists; empty while it does.",
        "first_look": "Night of the first look.",
        "last_look": "Night of the newest look.",
        "last_outcome": "What that look ended in.",
        "last_saw": "Newest night that was seen.",
    },
    f"""
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, {_LINK},
        @day(account.valid_from), @day(account.valid_to), account.valid_to IS NULL,
        (SELECT count(*) FROM account AS older WHERE older.agency_id = account.agency_id
            AND older.channel = account.channel AND older.id <= account.id),
        (SELECT count(*) FROM account AS other WHERE other.agency_id = account.agency_id
            AND other.channel = account.channel),
        agency.participation, agency.parent, @day(agency.valid_from), @day(agency.valid_to),
        @day((SELECT min(look.night) FROM snapshot AS look WHERE look.account_id = account.id)),
        @day((SELECT max(look.night) FROM snapshot AS look WHERE look.account_id = account.id)),
        (SELECT look.outcome FROM snapshot AS look WHERE look.account_id = account.id
            ORDER BY look.night DESC, look.run_id DESC LIMIT 1),
        @day((SELECT look.night FROM snapshot AS look WHERE look.account_id = account.id AND look.saw
            ORDER BY look.night DESC, look.run_id DESC LIMIT 1))
    FROM account JOIN agency ON agency.id = account.agency_id
    """,
)

_FOLLOWERS = DatabaseView(
    "followers",
    "Followers of an account on each night that showed them, as the last look of the night had them.",
    AGENCY
    | {
        "address": "The account's address then.",
        "night": "The night.",
        "semester": "Its semester.",
        "followers": "Followers.",
        "profile_posts": "Posts that the profile counts, where shown.",
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, @day(look.night),
        @semester(look.night), look.followers, look.profile_posts
    FROM snapshot AS look
    JOIN account ON account.id = look.account_id
    JOIN agency ON agency.id = account.agency_id
    WHERE look.followers IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM snapshot AS later WHERE later.account_id = look.account_id
          AND later.night = look.night AND later.run_id > look.run_id AND later.followers IS NOT NULL)
    """,
)

RECORD_VIEWS = (_DATE_CHANGES, _LOOKS, _RECORDS, _ACCOUNTS, _FOLLOWERS)
