# mypy: ignore-errors
"""Run in the project: publish what standard input lists, and print the path of each post."""

import json
import sys
from datetime import datetime

import django

django.setup()


def main():
    # Models can be imported only now that the settings are known.
    from django.contrib.auth.models import User
    from puput.models import BlogPage, Category, CategoryEntryPage, EntryPage
    from puput.urls import get_entry_url
    from wagtail.models import Page, Site

    seed = json.load(sys.stdin)
    author = User.objects.get_or_create(username="humas", is_superuser=True)[0]
    blog = BlogPage.objects.first()
    if blog is None:
        root = Page.objects.filter(depth=1).get()
        blog = root.add_child(instance=BlogPage(title="Kelurahan Contoh", slug="kabar", owner=author))
        Site.objects.update(hostname="127.0.0.1", port=seed["port"], root_page=blog)
    paths = {}
    for row in seed["posts"]:
        text = "".join(f"<p>{part}</p>" for part in row["body"].split("\n\n"))
        at = datetime.fromisoformat(row["at"])
        entry = EntryPage(title=row["title"], slug=row["slug"], body=text, date=at, owner=author)
        blog.add_child(instance=entry)
        entry.refresh_from_db()
        category = Category.objects.get_or_create(
            name=row["category"], defaults={"slug": row["category"].lower()}
        )[0]
        CategoryEntryPage.objects.create(category=category, page=entry)
        paths[row["slug"]] = get_entry_url(entry, blog.page_ptr, Site.objects.get().root_page)
    print(json.dumps(paths))


main()
