"""What a file that an office handed in is said to hold, read back as messages."""

from activity.speech.form import read_form

__all__ = ["REMARKS", "read_remark"]

REMARKS = (
    "times are of {zone}: so say {agreeing} of {clocked} addresses",
    "times are of {zone}, as stated",
    "{ruined} numbers ruined by a spreadsheet; the links name those posts",
    "dates are read day first",
    "dates are read month first",
    "posts carry no address: they are matched with others by their moment",
    "{file} holds no posts: taken as a further part of the download",
    "holds no posts: the sheet {sheets}",
    "some items were not understood: no day without a post counts as silent",
    "silent days count as known only with --since, and an older post that shows how far was scrolled",
    "silent days are known only where a profile was scrolled from its head on, or by --since",
    "a page shows only the newest posts; nights before its oldest stay unknown",
    "items that are not understood",
    "items of other platforms",
    "comments",
    "posts without a moment",
    "posts without a moment of their own",
    "pictures without a moment",
    "pictures in albums",
    "pictures of the profile",
    "records without text, picture or link",
    "records that stand twice",
    "records of comments, likes, messages and the like",
    "second records of one post",
    "captures of one post",
    "rows of one post",
    "live streams",
    "posts whose account is not named",
    "posts of two accounts",
    "posts of several accounts on a page that does not say whose it is",
    "posts of other accounts",
    "posts of others on the page",
    "posts of others, passed on",
    "posts on or of other profiles",
    "posts on Threads",
    "posts in groups",
    "posts whose shortcode cannot be read",
    "posts of the future",
    "posts that stand twice",
    "posts of {channel}",
    "entries that are no posts",
    "stories, gone after a day",
    "edits of posts",
    "archived posts, not public",
    "deleted posts",
    "drafts",
    "Meta Business Suite, content",
    "Download your information",
    "table",
    "saved page",
    "Zeeschuimer capture",
    "4CAT table",
)
"""How exports are read: their kinds, what is said of one, and what is left out; the more particular first."""


def read_remark(text: str) -> str:
    """The message that a remark, a reason or a kind of file is, or the text as it stands."""
    return read_form(text, REMARKS)
