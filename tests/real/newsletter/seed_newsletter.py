# mypy: ignore-errors
"""Run in the project: publish what standard input lists, a letter each, with one article a paragraph."""

from datetime import datetime

from seeding import seed


def publish(row):
    from django.contrib.sites.models import Site
    from newsletter.models import Article, Message, Newsletter, Submission

    words = {"title": "Buletin", "email": "humas@example.invalid", "sender": "Humas"}
    letters, new = Newsletter.objects.get_or_create(slug="kelurahan", defaults=words)
    if new:
        letters.site.set(Site.objects.all())
    message = Message.objects.create(title=row["title"], slug=row["slug"], newsletter=letters)
    for number, part in enumerate(row["parts"], 1):
        Article.objects.create(post=message, title=f"Bagian {number}", text=f"<p>{part}</p>")
    at = datetime.fromisoformat(row["at"])
    sent = Submission(message=message, newsletter=letters, publish_date=at, publish=True, prepared=True)
    sent.sent, sent.site = True, Site.objects.get()
    sent.save()
    sent.refresh_from_db()
    return sent.get_absolute_url()


def find(slug):
    from newsletter.models import Message

    return Message.objects.get(slug=slug)


seed(publish, find)
