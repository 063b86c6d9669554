# mypy: ignore-errors
"""Run in the project: publish what standard input lists, in one category each."""

from datetime import datetime

from seeding import seed


def publish(row):
    from django.contrib.auth import get_user_model
    from elephantblog.models import Category, CategoryTranslation, Entry

    people = get_user_model().objects
    author = people.get_or_create(username="humas", first_name="Humas", is_staff=True)[0]
    at = datetime.fromisoformat(row["at"])
    entry = Entry.objects.create(title=row["title"], slug=row["slug"][:100], author=author, published_on=at)
    text = next(kind for kind in Entry._feincms_content_types if kind.__name__ == "RichTextContent")
    html = "".join(f"<p>{part}</p>" for part in row["parts"])
    text.objects.create(parent=entry, region="main", ordering=0, text=html)
    named = CategoryTranslation.objects.filter(title=row["category"]).first()
    if named is None:
        words = {"title": row["category"], "language_code": "id"}
        named = CategoryTranslation.objects.create(parent=Category.objects.create(), **words)
    entry.categories.add(named.parent)
    return entry.get_absolute_url()


def find(slug):
    from elephantblog.models import Entry

    return Entry.objects.get(slug=slug[:100])


seed(publish, find)
