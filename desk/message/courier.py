"""`python -m desk.message.courier`: hands one message to apprise, in a process whose words nobody hears.

Its log, its warnings and its exceptions quote addresses, and addresses hold passwords; a server that hangs
holds it as long as it likes. So whoever starts it throws its output away and ends it in time, and the
address comes by standard input, where no list of processes shows it. Its exit code is all that it says.
"""

import json
import sys
from enum import IntEnum

__all__ = ["DeliveryVerdict"]


class DeliveryVerdict(IntEnum):
    """What came of a message, as the process's exit code."""

    DELIVERED = 0
    REFUSED = 1
    UNKNOWN_ADDRESS = 2


def _deliver(url: str, title: str, body: str) -> DeliveryVerdict:
    from apprise import Apprise, AppriseAsset, NotifyFormat

    service = Apprise.instantiate(url, asset=AppriseAsset(app_id="Denyut", app_desc="Denyut"))
    if service is None:
        return DeliveryVerdict.UNKNOWN_ADDRESS
    messenger = Apprise()
    messenger.add(service)
    taken = messenger.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
    return DeliveryVerdict.DELIVERED if taken else DeliveryVerdict.REFUSED


if __name__ == "__main__":
    sys.exit(_deliver(**json.load(sys.stdin)))
