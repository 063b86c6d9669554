"""Exchanges between shards outlive the processes that make them, and end with those that want them."""

from activity.outcome import Failure
from crawler.drive.driver import Answer, Ask
from crawler.shards.deal import deal, name_server
from crawler.shards.message import Carried, Carry, Frames, Ready, pack
from crawler.shards.pulse import share_pulses
from crawler.shards.relay import Relay
from crawler.shards.watch import ProcessReading, ShardLimits, Watch, judge

URL = "http://127.0.0.1/x"


def carry(number, own=1):
    return Carry(number, own, Ask(URL, {}, None, 1.0, 1000), "Asia/Makassar", robots=True, hops=False)


def test_what_a_replaced_shard_owes_is_asked_again():
    relay = Relay()
    noted = relay.ask(7, carry(1))
    assert noted.asker == 7
    assert relay.end(number=1, birth=8) == ()
    assert list(relay.waiting_for(1)) == [noted]
    assert relay.settle(Carried(1, 7, Answer(URL, 200)))
    assert not relay.settle(Carried(1, 7, Answer(URL, 200)))
    assert list(relay.waiting_for(1)) == []


def test_what_ended_two_processes_is_given_up():
    relay = Relay()
    relay.ask(7, carry(1))
    relay.end(number=1, birth=8)
    (told,) = relay.end(number=1, birth=9)
    assert (told.number, told.asker, told.answer.failure) == (1, 7, Failure.OTHER)
    assert list(relay.waiting_for(1)) == []


def test_nobody_makes_an_exchange_for_a_process_that_is_gone():
    relay = Relay()
    relay.ask(7, carry(1))
    relay.end(number=0, birth=7)
    assert list(relay.waiting_for(1)) == []
    assert not relay.settle(Carried(1, 7, Answer(URL, 200)))


def test_every_server_has_one_shard_and_every_shard_has_servers():
    servers = [name_server(f"103.28.{n // 256}.{n % 256}", 443) for n in range(2000)]
    counts = [sum(deal(server, 4) == number for server in servers) for number in range(4)]
    assert sum(counts) == 2000
    assert min(counts) > 400


def test_a_frame_of_any_size_comes_through_in_any_pieces():
    big = Carried(1, 2, Answer(URL, 200, body=bytes(3_000_000)))
    data = pack(big) + pack(Ready())
    seen: list[object] = []
    frames = Frames()
    for start in range(0, len(data), 65_536):
        frames.feed(data[start : start + 65_536], seen.append)
    assert seen == [big, Ready()]


def test_a_pulse_says_whose_visit_goes_on_and_forgets_it_after():
    first, second = share_pulses(2)
    first.beat()
    with first.visiting(12):
        assert first.read().account == 12
        assert second.read().account == 0
    assert (first.read().count, first.read().account) == (1, 0)
    first.clear()
    assert first.read().count == 0


def test_a_machine_that_slept_convicts_nobody():
    beat = share_pulses(1)[0].read()
    watch = Watch(count=1)
    limits = ShardLimits(memory=500)
    # Ten hours of wall clock are one look, and no CPU.
    assert judge(beat, watch.look(beat), ProcessReading(0.4, 10**8), limits) is None
    assert judge(beat, watch.look(beat), ProcessReading(0.4, 6 * 10**8), limits) is not None
