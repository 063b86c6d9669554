# ruff: noqa: E501 - what hurts is read best as it is written, a line each
"""Random damage to honest input, for everything that reads what strangers write.

`PYTHONPATH=.:tests/support python -m tests.hostile.fuzz --target page --seconds 120 --seed 7`; each finding names the seed that shows it again
(`--seed N --only`). Nothing may raise but our own errors, and nothing may take longer than 50 ms a kilobyte.
"""

import argparse
import random
import sys
import traceback
from time import process_time

from activity.errors import DenyutError
from tests.hostile.pieces import PIECES
from tests.hostile.targets import TARGETS

# A reader may take this long for each kilobyte, and a moment for itself.
SECONDS_A_KILOBYTE = 0.05
MOMENT = 0.5


def damage(body: bytes, chance: random.Random) -> bytes:
    """Cut, double, repeat, swap and put in what hurts; one to six times."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(body))
        end = min(len(body), at + chance.choice([1, 2, 10, 100, 1_000]))
        piece = chance.choice(PIECES).encode("utf-8", "surrogatepass")
        match chance.randint(0, 7):
            case 0:
                body = body[:at] + body[end:]
            case 1:
                body = body[:end] + body[at:]
            case 2:
                body = body[:at] + body[at:end] * chance.choice([2, 10, 50]) + body[end:]
            case 3:
                body = body[:at] + bytes([chance.randint(0, 255)]) + body[at + 1 :]
            case 4 | 5:
                body = _replace_value(body, piece, chance)
            case _:
                body = body[:at] + piece + body[at:]
        body = body[:400_000]
    return body


def _replace_value(body: bytes, piece: bytes, chance: random.Random) -> bytes:
    """Put a piece in the place of what stands between two marks, such as quotes or brackets."""
    for mark in chance.sample([b'"', b"'", b">", b":", b","], 5):
        places = [at for at in range(len(body)) if body[at : at + 1] == mark][:4_000]
        if len(places) > 2:
            place = chance.randrange(len(places) - 1)
            return body[: places[place] + 1] + piece + body[places[place + 1] :]
    return body + piece


def try_once(name: str, seed: int) -> str:
    """Read one damaged input; what is wrong with that, empty where nothing is."""
    reader, chance = TARGETS[name], random.Random(seed)
    body = damage(chance.choice(reader.seeds()), chance)
    start = process_time()
    try:
        reader.read(body, chance)
    except DenyutError:
        pass
    except Exception as error:  # noqa: BLE001 - which is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{name} seed {seed}: {type(error).__name__}: {error} at {frame.filename}:{frame.lineno}"[:400]
    spent = process_time() - start
    if spent > MOMENT + SECONDS_A_KILOBYTE * len(body) / 1_000:
        return f"{name} seed {seed}: {spent:.1f} s for {len(body)} bytes"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=[*TARGETS, "all"], default="all")
    parser.add_argument("--seconds", type=float, default=30.0, help="CPU seconds for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="store_true", help="this one seed")
    options = parser.parse_args()
    failed = 0
    for name in TARGETS if options.target == "all" else [options.target]:
        start, seed, found = process_time(), options.seed, 0
        slowest = 0.0
        while True:
            begun = process_time()
            problem = try_once(name, seed)
            slowest = max(slowest, process_time() - begun)
            if problem:
                found += 1
                sys.stdout.write(f"{problem}\n")
                sys.stdout.flush()
            seed += 1
            if options.only or process_time() - start > options.seconds or found >= 20:
                break
        spent = process_time() - start
        sys.stdout.write(
            f"{name}: {seed - options.seed} inputs in {spent:.0f} s of CPU, slowest {slowest:.2f} s, {found} findings\n"
        )
        sys.stdout.flush()
        failed += found
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
