"""Org mode of Emacs from Debian, publishing a site: a list of files, each day before its link, no feed."""

from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run
from static import Generator, serve_generated
from truth import Known, Served, Standing

_SETTINGS = """(require 'ox-publish)
(setq org-publish-timestamp-directory "@folder@/stamps/")
(setq org-publish-project-alist
  '(("warta" :base-directory "@folder@/org" :publishing-directory "@folder@/out"
     :publishing-function org-html-publish-to-html :recursive t :section-numbers nil :with-toc nil
     :auto-sitemap t :sitemap-filename "index.org" :sitemap-title "Kelurahan Contoh"
     :sitemap-sort-files anti-chronologically
     :sitemap-format-entry (lambda (entry style project)
       (format "%s [[file:%s][%s]]" (format-time-string "%Y-%m-%d" (org-publish-find-date entry project))
               entry (org-publish-find-title entry project)))
     :language "id" :html-postamble t)))
(org-publish-all t)
"""


def start_org(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Serve everything as one list on the home page, standing pages among the posts."""
    install_debian("emacs-nox", "elpa-htmlize")
    for name in ("org", "out"):
        (folder / name).mkdir()
    (folder / "publish.el").write_text(_SETTINGS.replace("@folder@", str(folder)))

    def write_post(post: Known) -> None:
        head = f"#+TITLE: {post.title}\n#+DATE: <{post.at:%Y-%m-%d %a %H:%M}>\n#+AUTHOR: Humas\n"
        (folder / "org" / f"{post.slug}.org").write_text(f"{head}\n{post.body}\n")

    def write_page(page: Standing) -> None:
        text = f"#+TITLE: {page.title}\n#+DATE: <2020-02-03>\n\n{page.body}\n"
        (folder / "org" / f"{page.slug}.org").write_text(text)

    def build() -> None:
        environment = {"TZ": "Asia/Makassar", "HOME": str(folder)}
        command = ["emacs", "--batch", "-Q", "-l", str(folder / "publish.el")]
        run(command, folder=folder, environment=environment)

    generator = Generator(
        "org", folder / "out", write_post, write_page, build, lambda post: f"/{post.slug}.html"
    )
    return serve_generated(generator, free_port(), posts, processes)
