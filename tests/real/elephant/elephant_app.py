# mypy: ignore-errors
"""What a project adds to the blog, as its documentation tells: the kind of content that entries hold."""

from pathlib import Path

from django.apps import AppConfig


class Office(AppConfig):
    """Gives entries one region of rich text once all models are there."""

    name = "elephant_app"
    path = str(Path(__file__).parent)

    def ready(self):
        from elephantblog.models import Entry
        from feincms.content.richtext.models import RichTextContent

        Entry.register_regions(("main", "Main content area"))
        Entry.create_content_type(RichTextContent, cleanse=None, regions=("main",))
