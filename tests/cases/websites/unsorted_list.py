"""A list that is not sorted by date."""

import random

from tests.cases.websites.website import Post, Website, long_date


class UnsortedList(Website):
    """Sorted by how often a post was read: eight pages, and most posts older than the window."""

    name = "unsorted_list"
    count, step = 64, 13

    def order(self, posts: list[Post]) -> list[Post]:
        """Always the same disorder."""
        random.Random(4).shuffle(posts)
        return posts

    def list_date(self, post: Post) -> str:
        """The date, and how often it was read."""
        return f'{long_date(post.when)} <i class="fa fa-eye"></i> {post.number * 7} kali dilihat'
