# mypy: ignore-errors
"""Run in the project: publish what standard input lists, a post each, all by one author of one blog."""

from datetime import datetime

from seeding import seed


def publish(row):
    from django.contrib.auth.models import User
    from django.contrib.sites.models import Site
    from xblog.models import Author, Blog, Category, Post, Tag

    user = User.objects.get_or_create(username="humas", is_superuser=True)[0]
    author = Author.objects.get_or_create(user=user, defaults={"fullname": "Humas"})[0]
    words = {"title": "Berita", "owner": user, "site": Site.objects.get_current()}
    blog = Blog.objects.get_or_create(slug="berita", defaults=words)[0]
    post = Post.objects.create(
        title=row["title"],
        slug=row["slug"],
        body="\n\n".join(row["parts"]),
        pub_date=datetime.fromisoformat(row["at"]),
        blog=blog,
        author=author,
        status="publish",
        sticky=row["sticky"],
    )
    slug = row["category"].lower()
    named = {"title": row["category"], "blog": blog}
    post.categories.add(Category.objects.get_or_create(slug=slug, defaults=named)[0])
    post.tags.add(Tag.objects.get_or_create(slug="warga", defaults={"title": "warga"})[0])
    post.refresh_from_db()  # its address has the day of UTC
    return post.get_absolute_url()


def find(slug):
    from xblog.models import Post

    return Post.objects.get(slug=slug)


seed(publish, find)
