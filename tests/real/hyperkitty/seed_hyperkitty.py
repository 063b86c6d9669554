# mypy: ignore-errors
"""Run in the project: put what standard input lists into the archive, a mail each."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from seeding import seed

_LIST = "pengumuman@example.invalid"


def publish(row):
    from django.urls import reverse
    from hyperkitty.lib.incoming import add_to_list
    from hyperkitty.models import Email, MailingList

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Humas <humas@example.invalid>", _LIST, row["title"]
    mail["Date"] = format_datetime(datetime.fromisoformat(row["at"]))
    mail["Message-ID"] = f"<{row['slug']}@example.invalid>"
    mail.set_content("\n\n".join(row["parts"]))
    add_to_list(_LIST, mail, from_import=True)
    MailingList.objects.update(
        archive_policy=2, display_name="Pengumuman", description="Pengumuman kelurahan"
    )
    thread = Email.objects.get(message_id=f"{row['slug']}@example.invalid").thread
    return reverse("hk_thread", kwargs={"mlist_fqdn": _LIST, "threadid": thread.thread_id})


class _Titled:
    """A mail whose title is its subject."""

    def __init__(self, mail):
        self.mail, self.title, self.delete = mail, mail.subject, mail.delete

    def save(self):
        from hyperkitty.models import Email

        Email.objects.filter(pk=self.mail.pk).update(subject=self.title)


def find(slug):
    from hyperkitty.models import Email

    return _Titled(Email.objects.get(message_id=f"{slug}@example.invalid"))


seed(publish, find)
