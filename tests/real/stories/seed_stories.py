# mypy: ignore-errors
"""Run in the project: publish what standard input lists; the pages are made with the first."""

from datetime import datetime

from django.db import transaction
from seeding import seed


def publish(row):
    from django.contrib.auth import get_user_model
    from djangocms_stories.models import Post, PostCategory, PostContent

    author = get_user_model().objects.get_or_create(username="humas", is_superuser=True, is_staff=True)[0]
    config, at = _lay_pages(author), datetime.fromisoformat(row["at"])
    post = Post.objects.create(app_config=config, author=author, date_published=at)
    category = PostCategory.objects.translated("id", slug=row["category"].lower()).first()
    if category is None:
        category = PostCategory(app_config=config)
        category.set_current_language("id")
        category.name, category.slug = row["category"], row["category"].lower()
        category.save()
    post.categories.add(category)
    lead, *_ = row["parts"]
    text = "".join(f"<p>{part}</p>" for part in row["parts"])
    words = {"title": row["title"], "slug": row["slug"], "abstract": f"<p>{lead}</p>", "post_text": text}
    PostContent.objects.create(post=post, language="id", **words)
    Post.objects.filter(pk=post.pk).update(date_created=at, date_modified=at)
    post = Post.objects.get(pk=post.pk)  # its address has the day of UTC once it was stored
    return f"/berita{post.get_absolute_url('id').split('berita', 1)[1]}"


@transaction.atomic
def _lay_pages(author):
    from cms.api import add_plugin, create_page
    from cms.models import PageContent
    from django.contrib.flatpages.models import FlatPage
    from djangocms_stories.cms_appconfig import StoriesConfig, config_defaults

    if PageContent.objects.exists():
        return StoriesConfig.objects.get()
    defaults = {**config_defaults, "paginate_by": 10, "use_placeholder": False}
    config = StoriesConfig(namespace="berita", **defaults)
    config.set_current_language("id")
    config.app_title, config.object_name = "Berita", "Berita"
    config.save()
    base = {"template": "office.html", "language": "id", "in_navigation": True, "created_by": author}
    create_page(title="Beranda", **base).set_as_homepage()
    create_page(title="Berita", slug="berita", apphook="StoriesApp", apphook_namespace="berita", **base)
    for standing in FlatPage.objects.all():
        page = create_page(title=standing.title, slug=standing.url.strip("/"), **base)
        content = PageContent.objects.get(page=page, language="id")
        place = content.placeholders.get_or_create(slot="content")[0]
        add_plugin(place, "TextPlugin", "id", body=standing.content)
    return config


def find(slug):
    from djangocms_stories.models import PostContent

    return PostContent.objects.get(slug=slug)


seed(publish, find)
