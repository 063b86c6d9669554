# mypy: ignore-errors
"""Run in the project: publish what standard input lists; the pages are made with the first."""

from datetime import UTC, datetime

from seeding import seed


def publish(row):
    from django.contrib.auth import get_user_model
    from djangocms_blog.models import BlogCategory, Post

    author = get_user_model().objects.get_or_create(username="humas", is_superuser=True, is_staff=True)[0]
    config, at = _lay_pages(), datetime.fromisoformat(row["at"])
    post = Post(app_config=config, author=author, publish=True, date_published=at)
    post.set_current_language("id")
    lead, *_ = row["parts"]
    post.title, post.slug, post.abstract = row["title"], row["slug"], f"<p>{lead}</p>"
    post.post_text = "".join(f"<p>{part}</p>" for part in row["parts"])
    post.save()
    category = BlogCategory.objects.translated("id", slug=row["category"].lower()).first()
    if category is None:
        category = BlogCategory(app_config=config)
        category.set_current_language("id")
        category.name, category.slug = row["category"], row["category"].lower()
        category.save()
    post.categories.add(category)
    Post.objects.filter(pk=post.pk).update(date_created=at, date_modified=at)
    post = Post.objects.get(pk=post.pk)  # its address has the day of UTC once it was stored
    return f"/berita{post.get_absolute_url().split('berita', 1)[1]}"


def _lay_pages():
    from cms.api import add_plugin, create_page
    from cms.models import Page
    from django.contrib.flatpages.models import FlatPage
    from djangocms_blog.cms_appconfig import BlogConfig

    if Page.objects.exists():
        return BlogConfig.objects.get()
    config = BlogConfig(namespace="berita", type="djangocms_blog.cms_appconfig.BlogConfig")
    config.set_current_language("id")
    config.app_title, config.object_name = "Berita", "Berita"
    config.save()
    base = {"template": "office.html", "language": "id", "in_navigation": True, "published": True}
    base["publication_date"] = datetime(2025, 9, 1, tzinfo=UTC)  # what is yet to come is not shown
    home = create_page(title="Beranda", **base)
    home.set_as_homepage()
    home.publish("id")
    create_page(title="Berita", slug="berita", apphook="BlogApp", apphook_namespace="berita", **base)
    for standing in FlatPage.objects.all():
        page = create_page(title=standing.title, slug=standing.url.strip("/"), **base)
        add_plugin(page.placeholders.get(slot="content"), "TextPlugin", "id", body=standing.content)
        page.publish("id")
    return config


def find(slug):
    from djangocms_blog.models import Post

    return Post.objects.translated("id", slug=slug).get()


seed(publish, find)
