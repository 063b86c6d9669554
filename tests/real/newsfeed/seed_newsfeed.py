# mypy: ignore-errors
"""Run in the project: publish what standard input lists, an issue each, further paragraphs as its entry."""

import re
from datetime import datetime

from seeding import seed


def publish(row):
    from newsfeed.models import Issue, Post, PostCategory

    category = PostCategory.objects.get_or_create(name=row["category"])[0]
    lead, *more = row["parts"]
    number = Issue.objects.count() + 1
    at = datetime.fromisoformat(row["at"])
    issue = Issue.objects.create(
        title=row["title"], issue_number=number, publish_date=at, short_description=lead
    )
    words = {"title": f"Selengkapnya {number}", "source_url": "https://kantor.example.invalid/"}
    Post.objects.create(issue=issue, category=category, short_description=" ".join(more), **words)
    return issue.get_absolute_url()


def find(slug):
    from newsfeed.models import Issue

    return next(each for each in Issue.objects.all() if re.sub(r"\W+", "-", each.title.lower()) == slug)


seed(publish, find)
