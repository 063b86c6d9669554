"""One catalogue of what people read, in Indonesian and English."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from activity.ranking import Reason, Standing
from reports.messages_site import SITE
from reports.wording import Language, phrase_date, phrase_number

__all__ = ["MESSAGES", "reason_of", "text", "word"]

_PAGE = {
    "document": ("Denyut: {title}, {semester}", "Denyut: {title}, {semester}"),
    "semester": ("Semester {half} {year}", "{year}, {ordinal} half"),
    "subtitle": (
        "Keaktifan situs web dan media sosial perangkat daerah",
        "How alive the websites and social media of public offices are",
    ),
    "as_of": ("Keadaan per {day}", "As of {day}"),
    "running": (
        "Semester belum berakhir; hasil ini sementara dan masih berubah.",
        "The semester has not ended; these results are interim and will change.",
    ),
    "rubric": ("Rubrik {name}, versi {version}", "Rubric {name}, version {version}"),
    "digest": ("sidik SHA-256", "SHA-256 digest"),
    "language": ("Bahasa", "Language"),
    "skip": ("Langsung ke peringkat", "Skip to the rankings"),
    "contents": ("Daftar isi", "Contents"),
    "offices": ("Perangkat daerah", "Offices"),
    "filter": ("Saring nama", "Filter by name"),
    "filter_none": ("Tidak ada nama yang cocok.", "No name matches."),
    "overview": ("Ringkasan", "At a glance"),
    "rankings": ("Peringkat", "Rankings"),
    "vacuum": ("Daftar vakum", "Fallen silent"),
    "calendars": ("Kalender keaktifan", "Activity calendars"),
    "reading": ("Cara membaca", "How to read this"),
    "to_top": ("Kembali ke atas", "Back to top"),
    "no_winner": ("Belum ada yang mendapat peringkat.", "Nobody has a place yet."),
    "footer": (
        "Dibuat oleh Denyut. Halaman ini berdiri sendiri: tidak memuat apa pun dari internet.",
        "Made by Denyut. This page stands alone: it loads nothing from the internet.",
    ),
}

_TABLE = {
    "category": ("{channel}, {level}", "{channel}, {level}"),
    "caption": (
        "{placed} mendapat peringkat, {unplaced} tanpa peringkat.",
        "{placed} with a place, {unplaced} without.",
    ),
    "place": ("Peringkat", "Place"),
    "agency": ("Perangkat daerah", "Office"),
    "score": ("Nilai", "Score"),
    "posts": ("Unggahan", "Posts"),
    "counted": ("{count} dihitung", "{count} counted"),
    "undated": ("{count} tanpa tanggal", "{count} undated"),
    "undated_posts": ("Tanpa tanggal pasti", "Without a certain date"),
    "last_post": ("Unggahan terakhir", "Last post"),
    "coverage": ("Cakupan", "Coverage"),
    "coverage_nights": ("{known}/{due} malam", "{known}/{due} nights"),
    "coverage_rebuilt": ("{count} direkonstruksi", "{count} reconstructed"),
    "status": ("Status", "Status"),
    "tie": ("seri", "tie"),
    "winner": ("{places} teratas", "top {places}"),
    "shortlisted": ("daftar pendek", "shortlist"),
    "unplaced": ("Tanpa peringkat", "Without a place"),
    "unknown": ("tidak diketahui", "unknown"),
    "at_least": ("≥ {count}", "≥ {count}"),
    "silent_since": ("Sunyi sejak", "Silent since"),
    "silent_days": ("Hari", "Days"),
    "beyond_law": ("melampaui UU KIP", "beyond the law's 6 months"),
    "outcome": ("Hasil pemeriksaan terakhir", "Latest check"),
    "channel": ("Kanal", "Channel"),
    "level": ("Tingkat", "Level"),
    "week": ("Minggu mulai", "Week from"),
    "address": ("Alamat", "Address"),
    "reason": ("Alasan", "Reason"),
    "detail": ("Rincian", "Detail"),
    "points": ("{metric} (poin)", "{metric} (points)"),
    "never_posted": ("tidak pernah terlihat", "never seen"),
    "vacuum_lead": (
        "{count} akun dinyatakan vakum. Yang paling lama sunyi di atas.",
        "{count} accounts have fallen silent; the longest silence first.",
    ),
    "vacuum_none": ("Tidak ada akun yang vakum.", "No account has fallen silent."),
}

_FAIRNESS = {
    "stage": ("Tahap: {stage}", "Stage: {stage}"),
    "range": ("mungkin {best}–{worst}", "possibly {best}–{worst}"),
    "stability": (
        "tetap pada {share} dari bobot lain yang dicoba",
        "the same under {share} of the other weights tried",
    ),
    "held": ("{count} ditahan untuk juri", "{count} held for the jury"),
    "flags": ("Catatan ({count})", "Flags ({count})"),
    "rose": ("naik dari {place}", "up from {place}"),
    "fell": ("turun dari {place}", "down from {place}"),
    "kept": ("tetap {place}", "still {place}"),
    "new_here": ("semester lalu tanpa peringkat", "no place last semester"),
    "sweeps": ("Juara di semua kanal", "Winners on every channel"),
    "overall": ("Gabungan semua kanal, {level}", "All channels together, {level}"),
    "cause": ("Sebab", "Cause"),
    "alive_on": ("masih aktif di {channels}", "still active on {channels}"),
    "rhythm": ("biasanya sekali dalam {days} hari", "usually one post in {days} days"),
    "warnings": ("Peringatan dini", "Early warning"),
    "warnings_lead": (
        "Tanpa unggahan baru, akun ini menjadi vakum pada hari yang disebut.",
        "Without a new post these accounts become vacuum on the day named.",
    ),
    "vacuum_on": ("Vakum mulai", "Vacuum from"),
    "best_place": ("Peringkat terbaik yang mungkin", "Best possible place"),
    "worst_place": ("Peringkat terburuk yang mungkin", "Worst possible place"),
    "flagged": ("Catatan", "Flags"),
    "evidence": ("Bukti", "Evidence"),
    "flag": ("Catatan", "Flag"),
    "count": ("Jumlah", "Posts"),
    "place_before": ("Peringkat semester lalu", "Place last semester"),
}

_CALENDAR = {
    "calendar_lead": (
        "Setiap kotak satu hari; kolom adalah minggu (Senin di atas). Tunjuk kotaknya untuk melihat tanggal.",
        "Each cell is a day, each column a week (Monday on top). Point at a cell to see its date.",
    ),
    "posted_1": ("1 unggahan", "1 post"),
    "posted_2": ("2 unggahan", "2 posts"),
    "posted_3": ("3 unggahan atau lebih", "3 posts or more"),
    "posted_n": ("{count} unggahan", "{count} posts"),
    "silent": ("sunyi: diperiksa, tidak ada unggahan", "silent: checked, nothing posted"),
    "unseen": ("tidak terpantau: tidak diketahui", "unseen: not known"),
    "reconstructed": (
        "titik tengah terbuka: direkonstruksi dari daftar yang dibaca kemudian",
        "open centre: reconstructed from a list read later",
    ),
    "rebuilt": ("direkonstruksi", "reconstructed"),
    "summary": (
        "{posts} unggahan pada {posted} hari, {silent} malam sunyi, {unseen} malam tidak terpantau",
        "{posts} posts on {posted} days, {silent} silent nights, {unseen} unseen nights",
    ),
    "summary_unseen": (
        "Tidak satu malam pun terpantau; ini bukan nol.",
        "No night was seen; that is not zero.",
    ),
    "no_data": ("tidak ada data semester ini", "no data for this semester"),
    "no_account_here": ("Tidak ada akun di kanal ini.", "No account on this channel."),
    "placed": ("peringkat {place}", "place {place}"),
}

_READING = {
    "read_score": (
        "Nilai (0–100) menjumlahkan metrik rubrik menurut bobotnya; setiap batang adalah poin satu metrik.",
        "The score (0–100) adds up the rubric's metrics by their weights; each bar is one metric's points.",
    ),
    "read_place": (
        "Nilai yang tetap sama setelah aturan rubrik tetap seri: nomornya sama. "
        "{places} teratas ditandai emas, {shortlist} teratas masuk daftar pendek untuk juri.",
        "What the rubric's own rule cannot separate stays a tie and shares its number. "
        "The first {places} places are marked in gold; the first {shortlist} go to the jury.",
    ),
    "read_status": (
        "Aktif, kurang aktif dan vakum menyatakan lamanya sejak unggahan terakhir. "
        "Tidak dinilai berarti tidak cukup diketahui: itu status, bukan nol.",
        "Active, less active and vacuum tell how long ago the last post was. "
        "Not assessed means that too little is known: a status, not a zero.",
    ),
    "read_coverage": (
        "Cakupan adalah bagian malam yang diketahui. Malam yang tidak terpantau tidak merugikan siapa pun.",
        "Coverage is the share of nights that are known. An unseen night never counts against anybody.",
    ),
    "read_range": (
        "Peringkat yang mungkin: yang terbaik dan terburuk bila malam yang tidak terpantau dan unggahan "
        "bercatatan dihitung ke arah mana pun. Kantor yang rentangnya bertemu tidak dapat dibedakan.",
        "Possible places: the best and the worst when unseen nights and flagged posts go either way. "
        "Offices whose ranges meet cannot be told apart.",
    ),
    "read_flags": (
        "Catatan bukan vonis: buktinya tertulis, dan juri yang memutuskan.",
        "A flag is no verdict: its evidence stands beside it, and the jury decides.",
    ),
    "read_quality": (
        "Mesin mengukur keaktifan; mutu isi adalah urusan juri.",
        "The machine measures activity; the quality of what is written is for the jury.",
    ),
}

_WORDS = {
    "channel.website": ("Situs web", "Website"),
    "channel.instagram": ("Instagram", "Instagram"),
    "channel.facebook": ("Facebook", "Facebook"),
    "channel.youtube": ("YouTube", "YouTube"),
    "channel.tiktok": ("TikTok", "TikTok"),
    "level.skpd": ("SKPD", "city offices (SKPD)"),
    "level.opd": ("OPD", "city offices (OPD)"),
    "level.kelurahan": ("kelurahan", "urban villages (kelurahan)"),
    "level.kecamatan": ("kecamatan", "districts (kecamatan)"),
    "level.desa": ("desa", "villages (desa)"),
    "metric.frequency": ("Frekuensi", "Frequency"),
    "metric.regularity": ("Keteraturan", "Regularity"),
    "metric.freshness": ("Kebaruan", "Freshness"),
    "metric.longest_silence": ("Jeda terpanjang", "Longest silence"),
    "metric.posts_a_week": ("Kiriman per minggu", "Posts a week"),
    "metric.engagement": ("Interaksi per pengikut", "Engagement rate"),
    "status.aktif": ("aktif", "active"),
    "status.kurang aktif": ("kurang aktif", "less active"),
    "status.vakum": ("vakum", "vacuum"),
    "status.tidak dinilai": ("tidak dinilai", "not assessed"),
    "reason.no account": ("tidak punya akun di kanal ini", "has no account on this channel"),
    "reason.excluded by the registry": ("dikecualikan dalam daftar peserta", "excluded by the registry"),
    "reason.never seen": ("belum pernah terpantau", "never seen"),
    "reason.too few nights known": ("terlalu sedikit malam yang diketahui", "too few nights known"),
    "reason.does not compete": ("tidak ikut lomba", "does not compete"),
    "reason.vacuum": ("vakum, jadi di luar peringkat", "vacuum, so without a place"),
    "reason.no token": ("tanpa token dan tanpa berkas impor", "no token, and no file was handed in"),
    "reason.no file": ("belum ada berkas yang diserahkan", "no file was handed in"),
    "reason.not visible": ("akun tidak terlihat umum", "the account is not publicly visible"),
    "reason.no import since": ("tidak ada impor sejak", "no import since"),
    "reason.excluded by the jury": ("dikeluarkan oleh tim penilai", "excluded by the jury"),
    "outcome.ok": ("terbaca", "read"),
    "outcome.unchanged": ("tidak berubah", "unchanged"),
    "outcome.empty": ("kosong", "empty"),
    "outcome.limited": ("terbaca sebagian", "read in part"),
    "outcome.blocked": ("menolak perayap", "blocks the crawler"),
    "outcome.gone": ("sudah tidak ada", "gone"),
    "outcome.unreachable": ("tidak terjangkau", "unreachable"),
    "outcome.maintenance": ("dalam perbaikan", "under maintenance"),
    "outcome.parked": ("domain terparkir", "parked domain"),
    "outcome.suspended": ("hosting ditangguhkan", "hosting suspended"),
    "outcome.moved": ("pindah alamat", "moved"),
    "outcome.hacked": ("disusupi", "hacked"),
    "outcome.unparsable": ("tidak dapat diurai", "cannot be read"),
    "outcome.needs browser": ("perlu peramban", "needs a browser"),
    "outcome.not visible": ("tidak terlihat umum", "not publicly visible"),
    "outcome.withheld": ("ditahan platform", "withheld by the platform"),
    "outcome.throttled": ("dibatasi platform", "throttled"),
    "outcome.no token": ("tanpa token", "no token"),
    "outcome.token dead": ("token kedaluwarsa", "token expired"),
    "outcome.not permitted": ("tidak diizinkan", "not permitted"),
    "outcome.misconfigured": ("salah konfigurasi", "misconfigured"),
    "outcome.refused": ("tidak boleh diperiksa", "may not be checked"),
    "outcome.crashed": ("gagal diproses", "check failed"),
}

_FOUND = {
    "stage.provisional": ("sementara", "provisional"),
    "stage.objections open": ("masa sanggah", "open to objections"),
    "stage.final": ("final", "final"),
    "stage.sealed": ("disegel", "sealed"),
    "stage.reopened": ("dibuka kembali", "reopened"),
    "flag.back-dated": ("tanggal mundur", "back-dated"),
    "flag.burst": ("banjir menjelang akhir", "burst before the deadline"),
    "flag.copied": ("salinan kantor lain", "copied from another office"),
    "flag.repeated": ("diulang-ulang", "repeated"),
    "flag.greeting": ("hanya ucapan", "mere greetings"),
    "flag.shared": ("dibagikan ganda", "shared or posted twice"),
    "flag.deleted": ("dihapus setelah dihitung", "deleted after the count"),
    "flag.re-dated": ("tanggal diubah", "re-dated"),
    "flag.future": ("bertanggal mendatang", "dated in the future"),
    "flag.spam": ("sisipan judi", "gambling spam injected"),
    "cause.silent": ("berhenti mengunggah", "stopped posting"),
    "cause.gone": ("sudah tidak ada", "gone"),
    "cause.certificate expired": ("sertifikat kedaluwarsa", "certificate expired"),
    "cause.moved": ("pindah alamat", "moved"),
    "cause.hacked": ("disusupi", "hacked"),
    "cause.suspended": ("hosting ditangguhkan", "hosting suspended"),
    "cause.maintenance": ("dalam perbaikan", "under maintenance"),
    "cause.unreachable": ("tidak terjangkau", "unreachable"),
}

_SHEETS = {
    "sheet.flags": ("Catatan", "Flags"),
    "sheet.ranking": ("Peringkat", "Ranking"),
    "sheet.shortlist": ("Daftar pendek", "Shortlist"),
    "sheet.vacuum": ("Vakum", "Vacuum"),
    "sheet.activity": ("Aktivitas", "Activity"),
    "sheet.reading": ("Cara baca", "How to read"),
    "read_weeks": (
        "Aktivitas: unggahan setiap minggu. Sel kosong: tidak satu malam pun pada minggu itu diketahui.",
        "Activity: posts each week. An empty cell means that no night of that week is known.",
    ),
}

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {**_PAGE, **_TABLE, **_FAIRNESS, **_CALENDAR, **_READING, **_WORDS, **_FOUND, **_SHEETS, **SITE}
)
"""Key to (Indonesian, English)."""


def text(key: str, language: str = "id", **values: Any) -> str:
    """Say something in `id` or `en`; dates and numbers among the values are written as there.

    Raises KeyError for an unknown key and ConfigError for an unknown language.

    >>> text("as_of", "id", day=date(2017, 8, 17))
    'Keadaan per 17 Agustus 2017'
    """
    spoken = Language.parse(language)
    template = MESSAGES[key][0 if spoken is Language.ID else 1]
    return template.format(**{name: _say(value, spoken) for name, value in values.items()})


def word(kind: str, name: str, language: str = "id") -> str:
    """Name a channel, level, metric, status, reason, outcome, stage, flag or cause; an unknown one as it is.

    >>> word("status", "kurang aktif", "en"), word("level", "puskesmas", "en")
    ('less active', 'puskesmas')
    """
    key = f"{kind}.{name}"
    return text(key, language) if key in MESSAGES else name.replace("_", " ")


def reason_of(standing: Standing, language: str = "id") -> str:
    """Why an account has no place, with the day where the reason names one."""
    told = word("reason", standing.reason.value, language)
    if standing.reason is not Reason.NO_IMPORT or standing.known_until is None:
        return told
    return f"{told} {phrase_date(standing.known_until, Language.parse(language))}"


def _say(value: Any, language: Language) -> str:
    if isinstance(value, date):
        return phrase_date(value, language)
    if isinstance(value, int):
        return phrase_number(value, language)
    if isinstance(value, float):
        return phrase_number(value, language, 2)
    return str(value)
