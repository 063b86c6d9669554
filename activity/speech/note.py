"""What a visit noted of its way, for `denyut probe --explain`, read back as messages.

Notes are English where they are written, in the midst of a crawl that nobody reads.
"""

from activity.outcome import Failure
from activity.speech.detail import recognise
from activity.speech.form import read_form

__all__ = ["NOTES", "read_note"]

_SUBJECTS = (
    "home", "api", "article", "feed", "sitemap", "listing", "articles", "home page", "endpoint", "reach",
    "dates", "same post", "deleted", "memory", "script", "harvest", "collaborations", "Page",
)  # fmt: skip
_ASKED = (
    "{url} -> {came} (as a robot sees it)",
    "{url} -> {came} (rendered)",
    "{url} -> {came}",
    "{status}, unchanged",
    "{status}, {size} bytes at {url}",
    "{status}, {size} bytes",
)
_READ = (
    "{kind}: {url} ({why})",
    "{url} lists {count} posts ({why}).",
    "{url} lists {count} posts of a further kind.",
    "{url} lists {count} items, {new} of them new.",
    "{url} lists {count} items beside the main list.",
    "{url} lists nothing any more; looking anew.",
    "{url} lists nothing any more.",
    "{url} no longer lists posts; looking anew.",
    "{url} does not reach back over the window; looking anew.",
    "{url} does not reach back to the last look; looking anew.",
    "{url} begins with posts of the main list.",
    "{url} tells other days of posts of the main list.",
    "{url} is listed there and not by the endpoint.",
    "{url} names {count} further addresses that may be posts.",
    "{url} names {count} posts of a further kind.",
    "{url} dates {count} posts that waited.",
    "{count} links on pages of lists may be posts that were read from no list.",
    "{url} is gone since {day}, and from the lists.",
    "{url} is not a feed.",
    "{url} is not a JSON feed.",
    "{url} is not Blogger's feed.",
    "{url} is not a sitemap.",
    "{url} lists no posts.",
    "{url} carries no posts in its scripts.",
    "{url} holds comments, not posts.",
    "A body is not XML.",
    "{count} of its addresses are older than the list's.",
    "It shows {count} posts not seen before, such as {url}.",
    "It shows new posts while the endpoint did not change; looking anew.",
    "{count} further ones are older than the window.",
    "{count} are read for their minute another night: {why}",
    "They say no more than the list; {count} are dated as roughly as it does.",
    "Judged by {url}, they tell the minute; they are read for it.",
    "Judged by {url}, they tell no more than the day.",
    "{witnesses}: its own pages tell other days.",
    "{count} posts are dated otherwise.",
    "{url}: {faults}; its dates wait for a page that confirms them.",
    "{url}: between {span}",
    "{old} is {url}: {why}",
    "{count} items of {url}: their address cannot be opened",
    "known without a gap since {moment}: {why}",
    "no more is claimed: {why}",
    "{pages} pages, {count} items: {why}",
    "{pages} pages, {count} reels: {why}",
    "figures are refused: posts are read without them",
    "reels are refused: {why}",
    "{count} posts count for their owners: {owners}",
)
_REASONS = (
    "a usual address",
    "advertised in the page's head",
    "linked from the page",
    "the page is made by Blogger",
    "the page is made by WordPress",
    "the page names its REST API",
    "it names {count} possible posts",
    "nothing better was found",
    "a list of posts",
    "it lists posts of its own",
    "it lists the posts themselves",
    "it shows the known posts",
    "it listed {count} posts",
    "it listed more before",
    "it listed the posts before",
    "the archives of all months",
    "its page carries them in a script",
    "its script asks it",
    "the page itself fetches it",
    "its state lists the news",
    "a map of one kind of post",
    "a further kind of post",
    "{names} in an address changes nothing",
    "its address is written otherwise",
    "the same title and day, or moment, and shown no more where it was",
    "its address leads there",
    "its page names this address as canonical",
    "it is a version of that post in another language",
    "{url}: its page is not a post's",
    "{url}: its address is not a post's",
    "{url}: a version of a post that is listed elsewhere",
    "{url}: advertises gambling",
    "{url}: its day has not come",
    "{url}: it cannot be read tonight",
    "an older post was met in a list that falls from new to old",
    "as many posts were met as the list says that it holds",
    "it goes on, without a gap, from what an earlier night read of the same list",
    "the list was read to its end, and showed posts",
    "it is as it was when it was last read",
    "it came, the same to the letter as when it was last read",
    "the owner's own export holds the whole time",
    "its first page comes again under another number",
    "it shows items that lead nowhere",
    "it goes on further than it was read",
    "it says that it holds more than was met",
    "nothing shows that it ends here",
    "it shows no post",
    "posts known of the window were not met",
    "a list that the site names could not be read",
    "its order tells nothing of the age of posts: new ones may stand anywhere",
    "pages of lists lead to posts that were read from no list",
    "another list shows posts that none which was read back holds",
    "the list ended or the window was covered",
    "met what was known",
    "a cursor repeated",
    "as many pages as one night may take",
    "an answer was an error",
    "an answer came without the list that was asked for",
)
NOTES = (*_SUBJECTS, *_ASKED, *_REASONS, *_READ)
"""Subjects, what came of a request, reasons, and sentences that hold them."""


def read_note(text: str) -> str:
    """The message that a note, its subject or a reason is, or the text as it stands.

    >>> read_note("no more is claimed: it shows no post").values["why"].template
    'it shows no post'
    """
    return read_form(recognise(text), NOTES, _read)


def _read(name: str, said: str) -> object:
    if name == "came" and (known := said.partition(" (")[0]) in set(Failure):
        return Failure(known)
    return read_note(said) if name in {"came", "why"} else said
