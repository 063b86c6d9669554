# mypy: ignore-errors
"""Run by `zconsole`: make a Plone site and publish what the file named by SEED lists."""

import json
import os
from pathlib import Path

import transaction
from AccessControl.SecurityManagement import newSecurityManager
from DateTime import DateTime
from plone import api
from plone.app.textfield import RichTextValue
from Products.CMFPlone.factory import addPloneSite
from Testing.makerequest import makerequest
from zope.component.hooks import setSite

seed = json.loads(Path(os.environ["SEED"]).read_text())
root = makerequest(app)  # noqa: F821
newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
if "kantor" not in root.objectIds():
    addPloneSite(
        root,
        "kantor",
        title="Kelurahan Contoh",
        setup_content=True,
        default_language=seed["language"],
        portal_timezone="Asia/Makassar",
        extension_ids=("plonetheme.barceloneta:default", "plone.app.contenttypes:plone-content"),
    )
    # Without these a visitor who is not logged in sees no date but the newest five.
    setSite(root["kantor"])
    for name in ("plone.allow_anon_views_about", "plone.display_publication_date_in_byline"):
        api.portal.set_registry_record(name, True)
site = root["kantor"]
setSite(site)


def publish(container, kind, row, **fields):
    text = "".join(f"<p>{part}</p>" for part in row["body"].split("\n\n"))
    rich = RichTextValue(text, "text/html", "text/x-html-safe")
    item = api.content.create(container, kind, id=row["slug"], title=row["title"], text=rich, **fields)
    api.content.transition(item, "publish")
    return item


if seed["standing"]:
    site["news"]["aggregator"].setLayout(seed["layout"])
for row in seed["standing"]:
    publish(site, "Document", row)
for row in seed["posts"]:
    item = publish(site["news"], "News Item", row, subject=(row["category"],), description=row["body"][:120])
    item.setEffectiveDate(DateTime(row["at"]))
    item.reindexObject()
    if seed["edited"]:
        item.setModificationDate(DateTime(row["at"]) + 3)
        item.reindexObject(idxs=["modified"])
transaction.commit()
