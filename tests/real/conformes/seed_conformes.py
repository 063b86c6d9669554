# mypy: ignore-errors
"""Run in the project: make the starter site once, and publish what standard input lists."""

import json
import sys
from datetime import datetime

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from sites_conformes.blog.models import BlogEntryPage, BlogIndexPage, Category, CategoryEntryPage  # noqa: E402
from sites_conformes.content_manager.models import CmsDsfrConfig, ContentPage  # noqa: E402
from sites_conformes.content_manager.services.accessors import get_or_create_main_menu  # noqa: E402
from wagtail.models import Collection, Locale, Page, Site  # noqa: E402
from wagtail.rich_text import RichText  # noqa: E402

given = json.load(sys.stdin)


def make_site():
    # What the migrations would have brought.
    Locale.objects.get_or_create(language_code="id")
    Collection.add_root(name="Root")
    kind = ContentType.objects.get_for_model(Page)
    root = Page.add_root(instance=Page(title="Root", slug="root", content_type=kind))
    home = root.add_child(instance=Page(title="Welcome", slug="home", content_type=kind))
    Site.objects.create(root_page=home, hostname="127.0.0.1", is_default_site=True)
    # Pictograms, which the package leaves out, are the only thing that the command cannot bring.
    from sites_conformes.content_manager.management.commands import create_starter_pages as starter

    starter.call_command = lambda name: None if name.startswith("import_") else call_command(name)
    call_command("create_starter_pages", stdout=sys.stderr)
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "127.0.0.1", given["port"]
    site.save()
    CmsDsfrConfig.objects.get_or_create(site=site, defaults={"site_title": "Kelurahan Contoh"})
    home = site.root_page
    index = home.add_child(instance=BlogIndexPage(title="Berita", slug="berita", show_in_menus=True))
    pages = [index]
    for row in given["standing"]:
        body = [("paragraph", RichText(f"<p>{row['body']}</p>"))]
        page = ContentPage(title=row["title"], slug=row["slug"], body=body, show_in_menus=True)
        pages.append(home.add_child(instance=page))
    menu = get_or_create_main_menu()
    for page in pages:
        menu.items.append(("link", {"text": page.title, "page": page, "link_type": "page"}))
    menu.save()
    return index


def publish(row):
    page = BlogEntryPage(title=row["title"], slug=row["slug"], date=datetime.fromisoformat(row["at"]))
    page.body = [("paragraph", RichText("".join(f"<p>{part}</p>" for part in row["parts"])))]
    index.refresh_from_db()
    index.add_child(instance=page)
    names = {"slug": row["category"].lower(), "locale": page.locale}
    named = Category.objects.get_or_create(name=row["category"], defaults=names)[0]
    CategoryEntryPage.objects.create(category=named, page=page)
    return page.get_url()


index = BlogIndexPage.objects.first() or make_site()
for change in given["changes"]:
    known = Page.objects.get(slug=change["slug"]).specific
    if change["title"] is None:
        known.delete()
    else:
        known.title = change["title"]
        known.save()
print(json.dumps({row["slug"]: publish(row) for row in given["posts"]}))
