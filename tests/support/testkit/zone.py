"""The three zones of Indonesia; most tests live in `MAKASSAR`, and call it their `ZONE`."""

from zoneinfo import ZoneInfo

__all__ = ["JAKARTA", "JAYAPURA", "MAKASSAR"]

JAKARTA = ZoneInfo("Asia/Jakarta")
"""Western time, UTC+7."""
MAKASSAR = ZoneInfo("Asia/Makassar")
"""Central time, UTC+8: the zone of Banjarmasin and of the sample city."""
JAYAPURA = ZoneInfo("Asia/Jayapura")
"""Eastern time, UTC+9."""
