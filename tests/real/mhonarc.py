"""MHonArc from Debian: an office's announcements by mail, kept as pages."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from machine import Processes, free_port, install_debian, run, serve_folder
from truth import Known, Served

_ZONE = {"TZ": "Asia/Makassar"}


def start_mhonarc(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """The newest first, thirty a page; its indexes say no day, its messages say it in their heads."""
    install_debian("mhonarc")
    output = folder / "output"
    output.mkdir()
    written: list[Known] = []

    def add(given: Sequence[Known]) -> None:
        mailbox = folder / "new.mbox"
        mailbox.write_text(
            "".join(f"From admin@example.invalid {p.at:%a %b %d %H:%M:%S %Y}\n{_mail(p)}\n\n" for p in given)
        )
        run(["mhonarc", *_options(output), "-add", str(mailbox)], folder=folder, environment=_ZONE)
        written.extend(given)

    add(sorted(posts, key=lambda post: post.at))
    url = serve_folder(output, free_port(), processes)

    def address(number: int) -> str:
        return f"{url}/msg{number:05}.html"

    def publish(post: Known) -> str:
        add([post])
        return address(len(written) - 1)

    def rewrite(post: Known, now: Known | None) -> None:
        if now is None:
            command = ["mhonarc", *_options(output), "-rmm", str(written.index(post))]
            run(command, folder=folder, environment=_ZONE)

    return Served("mhonarc", url, {address(n): post for n, post in enumerate(written)}, publish, rewrite)


def _options(output: Path) -> list[str]:
    titles = ["-title", "Pengumuman Kelurahan", "-ttitle", "Pengumuman per utas"]
    shape = ["-idxfname", "index.html", "-reverse", "-multipg", "-idxsize", "30", "-quiet"]
    return ["-outdir", str(output), *titles, *shape]


def _mail(post: Known) -> str:
    mail = EmailMessage()
    mail["From"] = "Admin Kelurahan <admin@example.invalid>"
    mail["To"] = "pengumuman@example.invalid"
    mail["Subject"] = post.title
    mail["Date"] = format_datetime(post.at)
    mail["Message-ID"] = f"<{post.slug}@example.invalid>"
    mail.set_content(post.body)
    return mail.as_string()
