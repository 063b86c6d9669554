# mypy: ignore-errors
"""Run in the project: publish what standard input lists, in one category each."""

from datetime import datetime

from seeding import seed


def publish(row):
    from categories_i18n.models import Category
    from django.contrib.auth import get_user_model
    from fluent_blogs.models import Entry
    from fluent_contents.plugins.rawhtml.models import RawHtmlItem

    author = get_user_model().objects.get_or_create(username="humas", first_name="Humas")[0]
    entry = Entry.objects.language("id").create(
        title=row["title"],
        slug=row["slug"],
        author=author,
        status=Entry.PUBLISHED,
        publication_date=datetime.fromisoformat(row["at"]),
    )
    html = "".join(f"<p>{part}</p>" for part in row["parts"])
    RawHtmlItem.objects.create_for_placeholder(entry.create_placeholder(), html=html)
    slug = row["category"].lower()
    category = Category.objects.filter(translations__slug=slug).first()
    if category is None:
        category = Category.objects.language("id").create(title=row["category"], slug=slug)
    entry.categories.add(category)
    entry.refresh_from_db()  # the month of its address is that of UTC once it was stored
    return entry.get_absolute_url()


def find(slug):
    from fluent_blogs.models import Entry

    return Entry.objects.get(translations__slug=slug)


seed(publish, find)
