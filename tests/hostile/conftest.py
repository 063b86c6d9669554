"""What hostile tests share."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
