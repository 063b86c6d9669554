"""English where Indonesian is read."""

import re

from lxml import html

__all__ = ["find_english"]

# Words that no Indonesian sentence has, of those that every English one of ours has some.
_WORDS = """
    a an and are as at been but by cannot claims did does each every fewer found from had has have
    here if is it its known last less list lists more mere night nights no none nothing not of on
    one only open or other others place places post posts score seen shows since so such than that
    the their them then there these this those to too until unseen very was week weeks were what
    when which who with without would year you
"""
_SPOKEN = ("title", "aria-label", "alt", "placeholder")


def find_english(text: str | bytes) -> set[str]:
    """English words that a page shows or speaks outside of what it says to be English."""
    if isinstance(text, bytes):
        page = html.fromstring(text.decode())
        for element in page.xpath('//script | //style | //code | //*[@lang="en"] | //a | //h1/bdi'):
            element.drop_tree()
        said = [each for name in _SPOKEN for each in page.xpath(f"//@{name}")]
        text = " ".join([*page.itertext(), *said])
    # Strangers' words and addresses are in whatever language they are, and commands keep their names.
    text = re.sub(r'"[^"]*"|\'[^\']*\'|`[^`]*`|\S*/\S*', " ", text)
    return set(re.findall(r"[a-z]+", text.lower())) & set(_WORDS.split())
