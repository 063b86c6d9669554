# mypy: ignore-errors
"""Run in the project: publish what standard input lists; pinned articles stay on top."""

from datetime import UTC, datetime

from seeding import seed


def publish(row):
    from lotus.models import Article, Category

    at = datetime.fromisoformat(row["at"]).astimezone(UTC)  # as it reads its two fields
    lead, *more = row["parts"]
    article = Article.objects.create(
        language="id",
        status=10,
        pinned=row["sticky"],
        title=row["title"],
        slug=row["slug"],
        publish_date=at.date(),
        publish_time=at.time(),
        introduction=f"<p>{lead}</p>",
        content="".join(f"<p>{part}</p>" for part in more),
    )
    category = Category.objects.filter(title=row["category"]).first()
    if category is None:
        words = {"title": row["category"], "slug": row["category"].lower(), "language": "id"}
        category = Category.add_root(**words)
    article.categories.add(category)
    return article.get_absolute_url()


def find(slug):
    from lotus.models import Article

    return Article.objects.get(slug=slug)


seed(publish, find)
