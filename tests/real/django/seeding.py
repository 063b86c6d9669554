# mypy: ignore-errors
"""What every seed script does: read what standard input lists, write the standing pages, print the paths."""

import json
import sys

import django


def seed(publish, find):
    """Call `publish(row)` for each post in its order and print the path that each call returns.

    A post that stands already, as `find(slug)` tells, has its title changed, or is removed.
    """
    django.setup()
    # Models can be imported only now that the settings are known.
    from django.contrib.flatpages.models import FlatPage
    from django.contrib.sites.models import Site

    given = json.load(sys.stdin)
    for page in given["standing"]:
        words = {"title": page["title"], "content": f"<p>{page['body']}</p>"}
        made, new = FlatPage.objects.get_or_create(url=f"/{page['slug']}/", defaults=words)
        if new:
            made.sites.set(Site.objects.all())
    for change in given["changes"]:
        known = find(change["slug"])
        if change["title"] is None:
            known.delete()
        else:
            known.title = change["title"]
            known.save()
    print(json.dumps({row["slug"]: publish(row) for row in given["posts"]}))
