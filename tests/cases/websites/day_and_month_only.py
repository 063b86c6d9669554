"""Dates without a year."""

from tests.cases.websites.website import SHORT_MONTHS, Post, Website, page


def badge(post: Post) -> str:
    """A leaf of a calendar."""
    return (
        f'<div class="tgl-box"><span class="d">{post.when.day}</span>'
        f'<span class="m">{SHORT_MONTHS[post.when.month - 1]}</span></div>'
    )


class DayAndMonthOnly(Website):
    """Lists and articles show day and month; the list falls steadily from November 2026 to October 2025."""

    name = "day_and_month_only"
    step = 17

    def cards(self, posts: list[Post]) -> str:
        """A leaf before each title."""
        return "".join(
            f'<div class="item">{badge(post)}<h4><a href="{post.url}">{post.title}</a></h4>'
            f"<p>{post.title} ...</p></div>"
            for post in posts
        )

    def article(self, post: Post) -> str:
        """The leaf again."""
        return page(post.title, f"{badge(post)}<h2>{post.title}</h2>{post.text}")
