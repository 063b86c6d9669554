# mypy: ignore-errors
"""Run in the project: publish what standard input lists, cut behind the first paragraph."""

from datetime import datetime

from seeding import seed


def publish(row):
    from django.contrib.auth.models import User
    from djpress.models import Category, Post

    lead, *more = row["parts"]
    post = Post.objects.create(
        title=row["title"],
        slug=row["slug"][:50],  # its longest
        content="\n\n".join((lead, "<!--more-->", *more)),
        author=User.objects.get_or_create(username="humas")[0],
        published_at=datetime.fromisoformat(row["at"]),
        status="published",
    )
    post.categories.add(Category.objects.get_or_create(title=row["category"])[0])
    return post.url


def find(slug):
    from djpress.models import Post

    return Post.objects.get(slug=slug[:50])


seed(publish, find)
