# mypy: ignore-errors
"""Run in the project: publish what standard input lists as posts of one blog."""

from datetime import datetime

from seeding import seed


def publish(row):
    from cast.models import Blog, Post
    from django.contrib.auth import get_user_model
    from wagtail.models import Page, Site

    author = get_user_model().objects.get_or_create(username="humas", first_name="Humas")[0]
    blog = Blog.objects.first()
    if blog is None:
        blog = Blog(title="Kelurahan Contoh", slug="kabar", owner=author, template_base_dir="plain")
        Page.objects.get(depth=1).add_child(instance=blog)
        Site.objects.all().delete()
        Site.objects.create(hostname="127.0.0.1", root_page=blog, is_default_site=True)
    at = datetime.fromisoformat(row["at"])
    text = "".join(f"<p>{part}</p>" for part in row["parts"])
    post = Post(title=row["title"], slug=row["slug"], owner=author, visible_date=at)
    post.body = [("overview", [("paragraph", text)])]
    blog.refresh_from_db()
    blog.add_child(instance=post)
    return f"/{row['slug']}/"


def find(slug):
    from cast.models import Post

    return Post.objects.get(slug=slug)


seed(publish, find)
