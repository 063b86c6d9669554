# mypy: ignore-errors
"""Run beside the database: publish what standard input lists below a folder of news, print the paths."""

import json
import sys
from datetime import datetime

import kotti
import transaction
from kotti.resources import DBSession, Document, get_root
from kotti.workflow import get_workflow


def _add(parent, slug, title, body, **values):
    page = parent[slug] = Document(title=title, body=body, in_navigation=values.pop("in_navigation", False))
    DBSession.flush()
    workflow = get_workflow(page)
    workflow.initialize(page)
    workflow.transition_to_state(page, None, "public")
    for name, value in values.items():
        setattr(page, name, value)
    DBSession.flush()
    return page


def _moment(said):
    return datetime.fromisoformat(said).replace(tzinfo=None)


def main():
    given = json.load(sys.stdin)
    kotti.main({}, **given["settings"])
    root = get_root()
    if "kabar" not in root:
        for page in given["standing"]:
            _add(root, page["slug"], page["title"], f"<p>{page['body']}</p>", in_navigation=True)
        _add(root, "kabar", "Kabar", "", in_navigation=True, default_view="folder_view")
    for row in given["posts"]:
        text = "".join(f"<p>{part}</p>" for part in row["parts"])
        dates = {"creation_date": _moment(row["at"]), "modification_date": _moment(row["edited"])}
        _add(root["kabar"], row["slug"], row["title"], text, **dates)
    for change in given["changes"]:
        if change["title"] is None:
            del root["kabar"][change["slug"]]
        else:
            root["kabar"][change["slug"]].title = change["title"]
    transaction.commit()


main()
