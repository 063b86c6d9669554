"""Whether this machine has room, memory and files enough for a night."""

import os
import resource
import shutil
from pathlib import Path

import psutil

from activity.message import Message
from desk.installation.check import Check, Health
from desk.setting.config import Config

__all__ = ["check_disk", "check_files", "check_memory"]

_DISK_WARNING = 500_000_000
# Libraries, pipes, database and name servers; and for each site a connection, and one or two that idle.
_FILES, _FILES_A_SITE = 200, 4
_SHARD_MB = 400
"""What a crawling process was measured to take at most; see docs/performance.md."""


def check_files(config: Config) -> Check:
    """A crawl raises the soft limit itself; the hard one only an administrator can."""
    from crawler.settings import DENYUT_IDLE_SECONDS

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    told = (
        Message("without limit") if hard == resource.RLIM_INFINITY else Message("{hard} at once", hard=hard)
    )
    found = Message(
        "{told}, {soft} before a crawl raises it; idle connections close after {denyut_idle_seconds} s",
        told=told,
        soft=soft,
        denyut_idle_seconds=DENYUT_IDLE_SECONDS,
    )
    if hard != resource.RLIM_INFINITY and hard < _FILES + _FILES_A_SITE * config.concurrency:
        remedy = Message("Raise it (ulimit -Hn, LimitNOFILE of systemd) or lower DENYUT_CONCURRENCY.")
        return Check("open files", Health.WARNING, found, remedy)
    return Check("open files", Health.OK, found)


def check_memory(config: Config) -> Check:
    """Memory for the processes that crawl."""
    free = psutil.virtual_memory().available
    processes = config.processes or os.cpu_count() or 1
    found = Message(
        "{free:.1f} GB free; {processes} crawling processes take up to {shard_mb} MB each",
        free=free / 1000000000.0,
        processes=processes,
        shard_mb=_SHARD_MB,
    )
    if free < processes * _SHARD_MB * 1_000_000:
        return Check("memory", Health.WARNING, found, "Set DENYUT_PROCESSES to fewer.")
    return Check("memory", Health.OK, found)


def check_disk() -> Check:
    """Room where the database stands."""
    free = shutil.disk_usage(Path.cwd()).free
    if free < _DISK_WARNING:
        return Check(
            "disk",
            Health.WARNING,
            Message("{free:.0f} MB free here", free=free / 1000000.0),
            "Free some space.",
        )
    return Check("disk", Health.OK, Message("{free:.1f} GB free here", free=free / 1000000000.0))
