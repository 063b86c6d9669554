"""What people write of a YouTube channel, and the addresses of its videos."""

import pytest

from activity.address.youtube import parse_youtube, video_key
from activity.channel import Channel
from activity.registry.table import read_registry

NUMBER = "UC" + "a" * 22


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("@DinkesBJM", "dinkesbjm"),
        ("YT: dinkes.bjm", "dinkes.bjm"),
        ("youtube.com/@DinkesBJM/videos?view=0", "dinkesbjm"),
        ("https://m.youtube.com/@dinkes_bjm", "dinkes_bjm"),
        (f"https://www.youtube.com/channel/{NUMBER}/featured", NUMBER),
        (NUMBER, NUMBER),
        ("tidak ada", None),
    ],
)
def test_what_people_type(typed, address):
    assert parse_youtube(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com/c/DinkesBJM",
        "https://www.youtube.com/user/dinkes",
        "https://www.youtube.com/channel/dinkes",
        "https://www.youtube.com/DinkesBJM",
        "https://studio.youtube.com/@dinkes",
        "https://vimeo.com/dinkes",
        "@ab",
        "08123456789",
    ],
)
def test_what_is_no_channel_is_refused(typed):
    with pytest.raises(ValueError, match="expected a YouTube channel"):
        parse_youtube(typed)


def test_a_video_has_one_key_by_every_address():
    shapes = ("watch?v={}", "watch?app=desktop&v={}&t=1s", "shorts/{}", "live/{}?feature=share", "embed/{}")
    for address in shapes:
        assert video_key(f"https://www.youtube.com/{address.format('dQw4w9WgXcQ')}") == "dQw4w9WgXcQ"
    assert video_key("https://www.youtube.com/playlist?list=UUdQw4w9WgXcQ") is None


def test_a_registry_may_name_channels():
    lines = [["kode", "nama", "tingkat", "Kanal YouTube"], ["dinkes", "Dinkes", "skpd", "@DinkesBJM"]]
    (entry,) = read_registry(lines, "daftar")
    assert entry.addresses == {Channel.YOUTUBE: "dinkesbjm"}
