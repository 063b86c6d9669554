# mypy: ignore-errors
"""Run in the project: publish what standard input lists; the pages are made with the first."""

from datetime import datetime

from seeding import seed


def publish(row):
    from blog.models import BlogCategory, BlogCategoryBlogPage, BlogPage

    at = datetime.fromisoformat(row["at"])
    text = "".join(f"<p>{part}</p>" for part in row["parts"])
    page = BlogPage(title=row["title"], slug=row["slug"], date=at.date(), body=text)
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = at
    _find_index().add_child(instance=page)
    slug = row["category"].lower()
    category = BlogCategory.objects.get_or_create(slug=slug, defaults={"name": row["category"]})[0]
    BlogCategoryBlogPage.objects.create(category=category, page=page)
    return f"/{row['slug']}/"


def _find_index():
    from blog.models import BlogIndexPage
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page, Site

    index = BlogIndexPage.objects.first()
    if index is None:
        Locale.objects.get_or_create(language_code="id")
        Collection.add_root(name="Root")
        root = Page(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page))
        index = Page.add_root(instance=root).add_child(instance=BlogIndexPage(title="Berita", slug="berita"))
        Site.objects.create(root_page=index, hostname="127.0.0.1", is_default_site=True)
    return index


def find(slug):
    from blog.models import BlogPage

    return BlogPage.objects.get(slug=slug)


seed(publish, find)
