# mypy: ignore-errors
"""Run in the project: publish what standard input lists, a topic each; every third has a reply of later."""

from datetime import datetime, timedelta

from seeding import seed


def publish(row):
    from django.contrib.auth import get_user_model
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.topic.models import Topic

    author = get_user_model().objects.get_or_create(username="humas")[0]
    category = Category.objects.get_or_create(title=row["category"])[0]
    at = datetime.fromisoformat(row["at"])
    topic = Topic.objects.create(
        user=author, category=category, title=row["title"], date=at, last_active=at, is_pinned=row["sticky"]
    )
    html = "".join(f"<p>{part}</p>" for part in row["parts"])
    Comment.objects.create(user=author, topic=topic, comment=html, comment_html=html, date=at)
    # None yet under the newest, whose replies would be of days to come.
    replies = int(topic.pk % 3 == 0 and row["at"] < "2026-06-20")
    if replies:
        last = at + timedelta(hours=30)
        thanks = "<p>Terima kasih.</p>"
        Comment.objects.create(user=author, topic=topic, comment=thanks, comment_html=thanks, date=last)
        Topic.objects.filter(pk=topic.pk).update(last_active=last)
    Topic.objects.filter(pk=topic.pk).update(comment_count=1 + replies)
    return topic.get_absolute_url()


def find(slug):
    from spirit.topic.models import Topic

    return Topic.objects.get(slug=slug)


seed(publish, find)
