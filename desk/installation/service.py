"""The files that let a machine run Denyut by itself: systemd units, a timer, a line for cron."""

import re
import shlex
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from activity.errors import ConfigError, DatabaseBusyError
from desk.keeping.evidence import evidence_folder
from desk.setting.config import Config

__all__ = ["SECRETS", "Kind", "ServicePlace", "compose_service", "list_kept"]

SECRETS = Path("/etc/denyut.env")
"""Where the units look for variables that no settings file may hold; it may be missing."""
_SCHEDULE, _PAGES, _WORKER = "denyut-scheduler", "denyut serve", "denyut worker"
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_PLAIN = re.compile(r"[\w@+:,./-]+", re.ASCII)

# Only the group's first process is told to end: the schedule ends its crawl itself, which takes up to 25 s.
_STAYS = f"""\
Restart=on-failure
RestartSec=120
RestartPreventExitStatus={ConfigError.exit_code}
KillMode=mixed
TimeoutStopSec=60"""
# Somebody crawls by hand; the next look comes.
_ONCE = f"""\
Type=oneshot
SuccessExitStatus={DatabaseBusyError.exit_code}
KillMode=mixed
TimeoutStopSec=60"""
_UNIT = """\
[Unit]
Description=Denyut: {what}
Wants=network-online.target
After=network-online.target postgresql.service
StartLimitIntervalSec=0

[Service]
User={user}
WorkingDirectory={folder}
EnvironmentFile=-{secrets}
ExecStart={program}
{manner}
LimitNOFILE=65536
UMask=0077

# Nowhere else may it write. What may be missing (-), such as another disk, does not hold it up.
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome={home}
PrivateTmp=yes
PrivateDevices=yes

NoNewPrivileges=yes
CapabilityBoundingSet=
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
RemoveIPC=yes
{install}"""
_INSTALL = """
[Install]
WantedBy=multi-user.target
"""
_TIMER = """\
[Unit]
Description=Denyut: looks twice an hour what is due

[Timer]
OnCalendar=*:05,35
Persistent=yes

[Install]
WantedBy=timers.target
"""
_LINE = """\
# Twice an hour: what is due is done, a look that meets another ends at once.
5,35 * * * * {user} cd {folder} && {program} --once >>denyut.log 2>&1
"""


class Kind(StrEnum):
    """What there is to be installed, a file each."""

    SCHEDULE = "schedule"
    """The schedule as a service that stays."""
    ONCE = "once"
    """A service that does what is due and ends, for the timer."""
    TIMER = "timer"
    PAGES = "pages"
    """The pages live, as a service."""
    WORKER = "worker"
    """Workers for a crawl elsewhere, as many as are enabled by a number each."""
    CRON = "cron"
    """A line for cron, where there is no systemd."""

    @property
    def path(self) -> Path:
        """Where the file belongs."""
        return _PATHS[self]


_PATHS = {
    Kind.SCHEDULE: Path("/etc/systemd/system/denyut.service"),
    Kind.ONCE: Path("/etc/systemd/system/denyut-once.service"),
    Kind.TIMER: Path("/etc/systemd/system/denyut-once.timer"),
    Kind.PAGES: Path("/etc/systemd/system/denyut-pages.service"),
    Kind.WORKER: Path("/etc/systemd/system/denyut-worker@.service"),
    Kind.CRON: Path("/etc/cron.d/denyut"),
}


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Where Denyut is to run.

    Attributes:
        user: who it runs as, never root.
        folder: the city's own, with `denyut.toml`.
        programs: where `denyut` and `denyut-scheduler` are.
        backups: where the schedule puts them.
        kept: where the database's file and the evidence are.

    Beside the city's folder, the backups and what is kept are where it may write.
    """

    user: str
    folder: Path
    programs: Path
    backups: Path | None = None
    kept: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if not _USER.fullmatch(self.user) or self.user == "root":
            raise ConfigError(
                "Denyut does not run as {user!r}.", "Name another with --user NAME.", user=self.user
            )
        for path in self._paths:
            if not str(path).isprintable() or set(str(path)) & set("\"'\\$"):
                raise ConfigError(
                    "{path!r} cannot be written into a service's file.", "Move the folder.", path=str(path)
                )

    @property
    def outside(self) -> tuple[Path, ...]:
        """The folders outside the city's own where it writes; none lies within another."""
        found = {self.folder, *self.kept, *filter(None, (self.backups,))}
        outermost = (path for path in found if found.isdisjoint(path.parents))
        return tuple(sorted(path for path in outermost if path != self.folder))

    @property
    def _paths(self) -> tuple[Path, ...]:
        return (self.folder, self.programs, *self.outside)

    @property
    def home(self) -> str:
        """What is seen of people's own folders: nothing, but for an installation that lies there."""
        inside = any(path.is_relative_to("/home") for path in self._paths)
        return "read-only" if inside else "yes"


def list_kept(config: Config) -> tuple[Path, ...]:
    """The folders of the database's file and of the evidence, as they are set; a server keeps its own."""
    from db.engine import parse_url

    url = parse_url(config.database_url)
    file = url.database if url.get_backend_name() == "sqlite" else None
    return tuple(filter(None, (Path(file).parent if file else None, evidence_folder(config))))


def compose_service(kind: Kind, place: ServicePlace) -> str:
    """The text of one file.

    >>> place = ServicePlace("denyut", Path("/var/lib/denyut"), Path("/opt/denyut/bin"))
    >>> "ExecStart=/opt/denyut/bin/denyut serve" in compose_service(Kind.PAGES, place)
    True
    """
    match kind:
        case Kind.SCHEDULE:
            return _compose_unit(place, _SCHEDULE, "crawls every night", _STAYS)
        case Kind.ONCE:
            return _compose_unit(place, f"{_SCHEDULE} --once", "does what is due", _ONCE, install="")
        case Kind.TIMER:
            return _TIMER
        case Kind.PAGES:
            # They make no backup.
            return _compose_unit(replace(place, backups=None), _PAGES, "shows the pages", _STAYS)
        case Kind.WORKER:
            what = "visits what a crawl elsewhere gives out"
            return _compose_unit(replace(place, backups=None), _WORKER, what, _STAYS)
        case Kind.CRON:
            # Cron takes a percent sign for the end of the line.
            words = {"folder": place.folder, "program": place.programs / _SCHEDULE}
            quoted = {name: shlex.quote(str(path)).replace("%", r"\%") for name, path in words.items()}
            return _LINE.format(user=place.user, **quoted)


def _compose_unit(place: ServicePlace, program: str, what: str, manner: str, install: str = _INSTALL) -> str:
    name, *arguments = program.split()
    return _UNIT.format(
        what=what,
        user=place.user,
        folder=_escape(place.folder),
        writable=" ".join([_quote(place.folder), *(_quote(each, "-") for each in place.outside)]),
        secrets=SECRETS,
        program=" ".join([_quote(place.programs / name), *arguments]),
        manner=manner,
        home=place.home,
        install=install,
    )


def _escape(path: Path) -> str:
    """A path that is a setting's whole value: systemd takes a percent sign for a word of its own."""
    return str(path).replace("%", "%%")


def _quote(path: Path, sign: str = "") -> str:
    """A path that is one word of several, behind a sign of systemd's."""
    word = sign + _escape(path)
    return word if _PLAIN.fullmatch(str(path)) else f'"{word}"'
