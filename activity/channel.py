"""The channels, and all that the program knows of each by name: the table in which a new one is entered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from activity.address.canonical import parse_facebook, parse_instagram, parse_website
from activity.address.permalink import facebook_number, instagram_key, no_key
from activity.address.tiktok import parse_tiktok, tiktok_key
from activity.address.youtube import link_channel, parse_youtube, video_key
from activity.message import Message
from activity.post import PostKind

__all__ = [
    "CHANNELS",
    "CRAWLED",
    "SOCIAL",
    "Access",
    "Api",
    "Channel",
    "ChannelFacts",
    "channel_of",
    "name_channels",
]


class Channel(StrEnum):
    """Where an agency publishes."""

    WEBSITE = "website"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"


class Access(StrEnum):
    """How the accounts of a channel are read each night."""

    OPEN = "open"
    """As any visitor reads them."""
    META = "meta"
    """By tokens for Meta's Graph API."""
    KEY = "key"
    """By a key for an API of the platform's own."""
    FILES = "files"
    """Never: only what is handed in tells of them."""


@dataclass(frozen=True, slots=True)
class Api:
    """An API that is read by one key from the environment.

    Attributes:
        variable, url_variable: environment variables of the key and of the API's address.
        url: where the API is; the key is sent nowhere else.
        header: the request header that holds the key.
    """

    variable: str
    url_variable: str
    url: str
    header: str


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What is known of one channel.

    Attributes:
        parse: from what people type to the canonical address; None for "there is none", ValueError for
            anything else.
        headings: what people call its column in a registry.
        hosts: of the addresses of its accounts and posts, subdomains included; none for a website.
        link: where a reader finds an account, from its canonical address.
        access: how it is read.
        visit: the module whose `visit` reads an account; empty where nothing is read.
        post_key: the key of a post from its address; None where the address does not tell.
        kind: what a post is where nothing tells.
        opaque: whether accounts and posts may go by a number or a cipher that cannot be held against their
            name or address; then the moment must tell which post is which.
        ranked: whether every office is expected there, so that one without an account is told so. Another
            channel is ranked only where the registry names an account on it.
        remedy: what to set so that it can be read; empty where nothing is needed.
        owner: whose limits a token or key has to keep.
        api: of a channel that is read by key.
    """

    parse: Callable[[str], str | None]
    headings: tuple[str, ...]
    hosts: tuple[str, ...]
    link: Callable[[str], str]
    access: Access
    visit: str
    post_key: Callable[[str], str | None]
    kind: PostKind
    opaque: bool = False
    ranked: bool = False
    remedy: str = ""
    owner: str = ""
    api: Api | None = None

    @property
    def social(self) -> bool:
        """Whether it is a platform's, which alone tells what an account is and has."""
        return self.access is not Access.OPEN

    @property
    def by_token(self) -> bool:
        """Whether it is read by a token or key, which may be missing or have to rest."""
        return self.access in {Access.META, Access.KEY}


CHANNELS: Mapping[Channel, ChannelFacts] = MappingProxyType(
    {
        Channel.WEBSITE: ChannelFacts(
            parse=parse_website,
            headings=("website", "situs", "web", "laman", "alamat website", "situs web", "url"),
            hosts=(),
            link=str,
            access=Access.OPEN,
            visit="crawler.visits.site.website",
            post_key=no_key,
            kind=PostKind.NEWS,
            ranked=True,
        ),
        Channel.INSTAGRAM: ChannelFacts(
            parse=parse_instagram,
            headings=("instagram", "ig", "akun instagram"),
            hosts=("instagram.com", "instagr.am"),
            link="https://www.instagram.com/{}/".format,
            access=Access.META,
            visit="crawler.visits.meta.instagram",
            post_key=instagram_key,
            kind=PostKind.PHOTO,
            ranked=True,
            owner="Meta",
            remedy=Message("Set DENYUT_INSTAGRAM_TOKEN and DENYUT_INSTAGRAM_USER_ID."),
        ),
        Channel.FACEBOOK: ChannelFacts(
            parse=parse_facebook,
            headings=("facebook", "fb", "akun facebook", "halaman facebook"),
            hosts=("facebook.com", "fb.com", "fb.watch", "fb.me"),
            link="https://www.facebook.com/{}".format,
            access=Access.META,
            visit="crawler.visits.meta.facebook",
            post_key=facebook_number,
            kind=PostKind.STATUS,
            opaque=True,
            ranked=True,
            owner="Meta",
            remedy=Message("Set DENYUT_FACEBOOK_TOKEN."),
        ),
        Channel.YOUTUBE: ChannelFacts(
            parse=parse_youtube,
            headings=("youtube", "yt", "akun youtube", "kanal youtube", "channel youtube"),
            hosts=("youtube.com", "youtu.be"),
            link=link_channel,
            access=Access.KEY,
            visit="crawler.visits.youtube",
            post_key=video_key,
            kind=PostKind.VIDEO,
            owner="YouTube",
            remedy=Message("Set DENYUT_YOUTUBE_KEY."),
            api=Api(
                variable="DENYUT_YOUTUBE_KEY",
                url_variable="DENYUT_YOUTUBE_URL",
                url="https://www.googleapis.com",
                header="X-Goog-Api-Key",
            ),
        ),
        Channel.TIKTOK: ChannelFacts(
            parse=parse_tiktok,
            headings=("tiktok", "tt", "tik tok", "akun tiktok"),
            hosts=("tiktok.com",),
            link="https://www.tiktok.com/@{}".format,
            access=Access.FILES,
            visit="",
            post_key=tiktok_key,
            kind=PostKind.VIDEO,
        ),
    }
)
"""All of them, in the order in which they are shown."""

CRAWLED: tuple[Channel, ...] = tuple(
    channel for channel, facts in CHANNELS.items() if facts.access is not Access.FILES
)
"""The channels that a crawl visits."""

SOCIAL: tuple[Channel, ...] = tuple(channel for channel, facts in CHANNELS.items() if facts.social)
"""The platforms', whose posts may be handed in."""


_HOSTS: Mapping[str, Channel] = {host: channel for channel, facts in CHANNELS.items() for host in facts.hosts}


def channel_of(address: str) -> Channel | None:
    """The platform that an address belongs to; None for any other site's.

    >>> channel_of("https://m.facebook.com/dinkesbjm"), channel_of("https://dinkes.example.go.id/")
    (<Channel.FACEBOOK: 'facebook'>, None)
    """
    host = address.split("//", 1)[-1].split("/", 1)[0].lower().rsplit("@", 1)[-1]
    while host:
        if (channel := _HOSTS.get(host)) is not None:
            return channel
        host = host.partition(".")[2]
    return None


def name_channels(channels: Iterable[Channel], last: str = "or") -> str:
    """Several channels in an English sentence.

    >>> name_channels([Channel.INSTAGRAM, Channel.FACEBOOK])
    'instagram or facebook'
    """
    *others, end = (channel.value for channel in channels)
    return f"{', '.join(others)} {last} {end}" if others else end
