# mypy: ignore-errors
"""Run in the project: publish what standard input lists, a forum a category; half of them have a reply."""

from datetime import datetime, timedelta

from seeding import seed


def publish(row):
    from django.contrib.auth import get_user_model
    from django.urls import reverse
    from machina.apps.forum.models import Forum
    from machina.apps.forum_conversation.models import Post, Topic

    author = get_user_model().objects.get_or_create(username="humas")[0]
    forum = Forum.objects.filter(name=row["category"]).first() or _open_forum(row["category"])
    kind = Topic.TOPIC_STICKY if row["sticky"] else Topic.TOPIC_POST
    words = {"subject": row["title"], "poster": author}
    topic = Topic.objects.create(forum=forum, type=kind, status=Topic.TOPIC_UNLOCKED, approved=True, **words)
    at = datetime.fromisoformat(row["at"])
    first = Post.objects.create(topic=topic, content="\n\n".join(row["parts"]), **words)
    Post.objects.filter(pk=first.pk).update(created=at, updated=at)
    last = at
    if topic.pk % 2:
        reply = Post.objects.create(
            topic=topic, subject=f"Re: {row['title']}", poster=author, content="Terima kasih."
        )
        last = at + timedelta(days=2)
        Post.objects.filter(pk=reply.pk).update(created=last, updated=last)
    Topic.objects.filter(pk=topic.pk).update(created=at, updated=last, last_post_on=last)
    Forum.objects.filter(pk=forum.pk).update(last_post_on=last)
    place = {"forum_slug": forum.slug, "forum_pk": forum.pk, "slug": topic.slug, "pk": topic.pk}
    return reverse("forum_conversation:topic", kwargs=place)


def _open_forum(name):
    from machina.apps.forum.models import Forum
    from machina.apps.forum_permission.models import ForumPermission, UserForumPermission

    forum = Forum.objects.create(name=name, type=Forum.FORUM_POST)
    for code in ("can_see_forum", "can_read_forum"):
        right = ForumPermission.objects.get_or_create(codename=code, defaults={"is_local": True})[0]
        UserForumPermission.objects.create(permission=right, forum=forum, anonymous_user=True, has_perm=True)
    return forum


class _Titled:
    """A topic whose title is its subject and that of its first post."""

    def __init__(self, topic):
        self.topic, self.title, self.delete = topic, topic.subject, topic.delete

    def save(self):
        from machina.apps.forum_conversation.models import Post, Topic

        Topic.objects.filter(pk=self.topic.pk).update(subject=self.title)
        Post.objects.filter(pk=self.topic.first_post_id).update(subject=self.title)


def find(slug):
    from machina.apps.forum_conversation.models import Topic

    return _Titled(Topic.objects.get(slug=slug))


seed(publish, find)
