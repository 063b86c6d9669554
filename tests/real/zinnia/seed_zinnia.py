# mypy: ignore-errors
"""Run in the project: publish what standard input lists; sticky posts are featured, as the author would."""

from datetime import datetime

from seeding import seed


def publish(row):
    from django.contrib.sites.models import Site
    from zinnia.managers import PUBLISHED
    from zinnia.models import Author, Category, Entry

    lead, *more = row["parts"]
    entry = Entry.objects.create(
        title=row["title"],
        slug=row["slug"],
        lead=f"<p>{lead}</p>",
        content="".join(f"<p>{part}</p>" for part in more),
        publication_date=datetime.fromisoformat(row["at"]),
        featured=row["sticky"],
        tags="warga",
        status=PUBLISHED,
    )
    entry.sites.add(Site.objects.get_current())
    entry.authors.add(Author.objects.get_or_create(username="humas", is_staff=True)[0])
    slug = row["category"].lower()
    entry.categories.add(Category.objects.get_or_create(slug=slug, defaults={"title": row["category"]})[0])
    return entry.get_absolute_url()


def find(slug):
    from zinnia.models import Entry

    return Entry.objects.get(slug=slug)


seed(publish, find)
