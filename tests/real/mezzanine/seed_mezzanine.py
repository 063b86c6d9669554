# mypy: ignore-errors
"""Run inside the project: publish what standard input lists, and print the path of each post."""

import json
import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantor.settings")
django.setup()


def main():
    # Models can be imported only now that the settings are known.
    from django.contrib.auth.models import User
    from django.contrib.sites.models import Site
    from mezzanine.blog.models import BlogCategory, BlogPost
    from mezzanine.core.models import CONTENT_STATUS_PUBLISHED
    from mezzanine.pages.models import RichTextPage

    seed = json.load(sys.stdin)
    site = Site.objects.get_or_create(id=1)[0]
    site.domain, site.name = seed["host"], "Kelurahan Contoh"
    site.save()
    author = User.objects.get_or_create(username="humas")[0]
    if not RichTextPage.objects.exists():
        for page in seed["standing"]:
            RichTextPage.objects.create(
                title=page["title"], slug=page["slug"], content=f"<p>{page['body']}</p>"
            )
    paths = {}
    for row in seed["posts"]:
        text = "".join(f"<p>{part}</p>" for part in row["body"].split("\n\n"))
        post = BlogPost.objects.create(
            title=row["title"],
            slug=row["slug"],
            content=text,
            user=author,
            status=CONTENT_STATUS_PUBLISHED,
            publish_date=datetime.fromisoformat(row["at"]),
        )
        post.categories.add(BlogCategory.objects.get_or_create(title=row["category"])[0])
        paths[row["slug"]] = post.get_absolute_url()
    print(json.dumps(paths))


main()
