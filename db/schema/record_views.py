"""Views of what was recorded on the way: looks, and dates that gave way."""

from db.schema.view import AGENCY, View

__all__ = ["RECORD_VIEWS"]

_DATE_CHANGES = View(
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

_LOOKS = View(
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
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, @day(shot.night),
        shot.outcome, shot.saw, shot.detail, shot.endpoint, @moment(shot.fetched_at),
        @moment(shot.complete_since), shot.proof, @day(shot.complete_from), shot.posts_found,
        shot.posts_new, shot.requests, shot.scheme, shot.certificate, shot.first_byte, shot.wave
    FROM snapshot AS shot
    JOIN account ON account.id = shot.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_RECORDS = View(
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

RECORD_VIEWS = (_DATE_CHANGES, _LOOKS, _RECORDS)
