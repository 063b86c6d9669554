# mypy: ignore-errors
"""Run inside the project: publish what standard input lists."""

import json
import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantor.settings.dev")
django.setup()

from wagtail.models import Site  # noqa: E402
from website.models import ArticleIndexPage, ArticlePage, WebPage  # noqa: E402

seed = json.load(sys.stdin)
site = Site.objects.get(is_default_site=True)
site.hostname, site.port = "127.0.0.1", seed["port"]
site.save()
home = site.root_page
index = ArticleIndexPage.objects.first()
if index is None:
    for page in seed["standing"]:
        body = [("text", f"<p>{page['body']}</p>")]
        home.add_child(
            instance=WebPage(title=page["title"], slug=page["slug"], body=body, show_in_menus=True)
        )
    home.refresh_from_db()
    index = ArticleIndexPage(title="Berita", slug="berita", index_num_per_page=10, show_in_menus=True)
    index.index_order_by = "-first_published_at"
    home.add_child(instance=index)
for row in seed["posts"]:
    at = datetime.fromisoformat(row["at"])
    text = "".join(f"<p>{part}</p>" for part in row["paragraphs"])
    index.refresh_from_db()
    page = ArticlePage(title=row["title"], slug=row["slug"], date_display=at.date(), body=[("text", text)])
    page.first_published_at = at
    index.add_child(instance=page)
