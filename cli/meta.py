"""`denyut meta`: are the tokens for Instagram and Facebook fit, and how to get them."""

import sys
from typing import Annotated, Any

import typer

from activity.message import Message
from cli.console import print_json, print_table, say, tell
from cli.meta_check import check_tokens, load_social_accounts
from cli.meta_report import Level, TokenFinding, TokenReport, judge_version
from cli.meta_steps import STEPS
from cli.option import AsOf, Json, read_config
from cli.screen import paged
from crawler.visits.meta.graph_code import list_meanings

__all__ = ["meta"]

meta = typer.Typer(
    no_args_is_help=True, help="Tokens for Instagram and Facebook: check them, or learn how to get them."
)

_NO_TOKEN = TokenFinding(
    Level.BLOCKS,
    Message("No token is set: neither Instagram nor Facebook can be crawled"),
    Message("See `denyut meta setup`, or import what the platforms export."),
)


@meta.command()
@paged
def check(
    tokens_only: Annotated[
        bool, typer.Option("--tokens-only", help="Do not ask for each account: a call a token, no more.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Ask Meta about each token: its kind, permissions and end, and which accounts it sees.

    Warns 14, 7 and 1 days before a token or its access to data ends, and 90 days before the version of
    the Graph API does. Costs a call a token, and one for each account of its channels. Ends with 1 when
    something keeps tonight's crawl from an account's whole channel.
    """
    if _check(as_of, as_json=as_json, tokens_only=tokens_only):
        raise typer.Exit(1)


@meta.command()
@paged
def codes(
    english: Annotated[bool, typer.Option("--english", help="In English instead of Indonesian.")] = False,
) -> None:
    """Say of each of Meta's error codes what it means, what the crawl does, and what you should do."""
    words = 1 if english else 0
    head = (
        ["code", "means", "done", "what to do"]
        if english
        else ["kode", "arti", "tindakan", "yang perlu dilakukan"]
    )
    rows = ((numbers, m.means[words], m.done[words], m.advice[words]) for numbers, m in list_meanings())
    print_table(head, rows)


@meta.command()
def setup(as_of: AsOf = None) -> None:
    """Walk through what to click at Meta, in Indonesian, and end with the check."""
    waits = sys.stdin.isatty() and sys.stdout.isatty()
    for number, step in enumerate(STEPS, 1):
        say()
        say("Langkah {number} dari {count}: {title}", number=number, count=len(STEPS), title=step.title)
        say()
        for line in step.lines:
            say(f"  {line}")
        if waits:
            typer.prompt("\nTekan Enter bila sudah", default="", show_default=False, prompt_suffix=" ")
    say()
    say("Pemeriksaan:")
    say()
    if _check(as_of):
        say()
        say("Masih ada yang menghalangi; perbaiki baris bertanda 'blocks', lalu: denyut meta check")
        raise typer.Exit(1)
    say()
    say("Selesai: malam ini Instagram dan Facebook dapat dibaca.")


def _check(as_of: str | None, *, as_json: bool = False, tokens_only: bool = False) -> bool:
    """Print every finding; whether one of them blocks tonight."""
    config = read_config(as_of)
    version = judge_version(config.graph_version, config.now().astimezone(config.zone).date())
    reports = []
    for report in check_tokens(config, () if tokens_only else load_social_accounts(config)):
        reports.append(report)
        tell("token {token} looked at", token=report.token.name)
    general = (version,) if reports else (version, _NO_TOKEN)
    if as_json:
        print_json(_to_json(general, reports, config.graph_version))
    else:
        _print_findings(general, reports)
    findings = [*general, *(finding for report in reports for finding in report.findings)]
    return any(finding.level is Level.BLOCKS for finding in findings)


def _print_findings(general: tuple[TokenFinding, ...], reports: list[TokenReport]) -> None:
    rows = [("Graph API", finding) for finding in general]
    rows += [(_label(report), finding) for report in reports for finding in report.findings]
    print_table(
        ["token", "level", "found", "what to do"],
        ([name, finding.level, finding.text, finding.remedy] for name, finding in rows),
    )


def _label(report: TokenReport) -> str:
    kind = (report.facts.kind if report.facts else "") or report.token.kind
    return f"{report.token.name} ({kind})"


def _to_json(general: tuple[TokenFinding, ...], reports: list[TokenReport], version: str) -> dict[str, Any]:
    findings = [*general, *(finding for report in reports for finding in report.findings)]
    return {
        "blocked": any(finding.level is Level.BLOCKS for finding in findings),
        "version": version,
        "findings": [_finding_json(finding) for finding in general],
        "tokens": [_token_json(report) for report in reports],
    }


def _token_json(report: TokenReport) -> dict[str, Any]:
    facts = report.facts
    return {
        "name": report.token.name,
        "kind": (facts.kind if facts else "") or report.token.kind.value,
        "channels": sorted(channel.value for channel in report.token.channels),
        "valid": facts.valid if facts else None,
        "ends": facts.ends.isoformat() if facts and facts.ends else None,
        "expires_at": facts.expires.isoformat() if facts and facts.expires else None,
        "data_access_expires_at": facts.access_expires.isoformat()
        if facts and facts.access_expires
        else None,
        "missing_scopes": list(report.missing),
        "signed": bool(report.token.app_secret),
        "sees": {channel.value: list(sight.seen) for channel, sight in report.sights.items()},
        "does_not_see": {channel.value: dict(sight.unseen) for channel, sight in report.sights.items()},
        "findings": [_finding_json(finding) for finding in report.findings],
    }


def _finding_json(finding: TokenFinding) -> dict[str, str]:
    return {"level": finding.level.value, "text": finding.text, "remedy": finding.remedy}
