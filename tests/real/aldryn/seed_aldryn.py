# mypy: ignore-errors
"""Run in the project: publish what standard input lists; the pages are made with the first."""

from datetime import datetime

from django.db import transaction
from seeding import seed


def publish(row):
    from aldryn_categories.models import Category
    from aldryn_newsblog.models import Article
    from cms.api import add_plugin
    from cms.utils.placeholder import get_placeholder_from_slot
    from django.contrib.auth import get_user_model

    owner = get_user_model().objects.get_or_create(username="humas", is_superuser=True, is_staff=True)[0]
    at = datetime.fromisoformat(row["at"])
    article = Article(app_config=_lay_pages(owner), owner=owner, publishing_date=at, is_published=True)
    article.set_current_language("id")
    lead, *more = row["parts"]
    article.title, article.slug, article.lead_in = row["title"], row["slug"], f"<p>{lead}</p>"
    article.save()
    category = Category.objects.translated("id", slug=row["category"].lower()).first()
    if category is None:
        category = Category.add_root(instance=Category())
        category.set_current_language("id")
        category.name, category.slug = row["category"], row["category"].lower()
        category.save()
    article.categories.add(category)
    place = get_placeholder_from_slot(article.placeholders, article.placeholder_slotname)
    add_plugin(place, "TextPlugin", "id", body="".join(f"<p>{part}</p>" for part in more))
    return f"/berita/{article.slug}/"


@transaction.atomic
def _lay_pages(owner):
    from aldryn_newsblog.cms_appconfig import NewsBlogConfig
    from cms.api import add_plugin, create_page
    from cms.models import PageContent
    from django.contrib.flatpages.models import FlatPage

    if PageContent.objects.exists():
        return NewsBlogConfig.objects.get()
    config = NewsBlogConfig(namespace="berita", paginate_by=10, permalink_type="s")
    config.set_current_language("id")
    config.app_title = "Berita"
    config.save()
    base = {"template": "office.html", "language": "id", "in_navigation": True, "created_by": owner}
    create_page(title="Beranda", **base).set_as_homepage()
    create_page(title="Berita", slug="berita", apphook="NewsBlogApp", apphook_namespace="berita", **base)
    for standing in FlatPage.objects.all():
        page = create_page(title=standing.title, slug=standing.url.strip("/"), **base)
        content = PageContent.objects.get(page=page, language="id")
        place = content.placeholders.get_or_create(slot="content")[0]
        add_plugin(place, "TextPlugin", "id", body=standing.content)
    return config


def find(slug):
    from aldryn_newsblog.models import Article

    return Article.objects.translated("id", slug=slug).get()


seed(publish, find)
