"""Write posts, changes of posts and standing pages into a Trac environment: JSON on standard input."""

import json
import sys
from datetime import datetime

from trac.env import open_environment
from trac.wiki.model import WikiPage
from tracfullblog.model import BlogPost

given = json.load(sys.stdin)
site = open_environment(given["site"])
for row in given["posts"]:
    post = BlogPost(site, row["slug"])
    fields = {"title": row["title"], "body": row["body"], "author": "humas", "categories": row["category"]}
    post.update_fields({**fields, "publish_time": datetime.fromisoformat(row["at"])})
    if said := post.save("humas"):
        sys.exit(str(said))
for change in given["changes"]:
    if change["title"] is None:
        BlogPost(site, change["slug"]).delete()
    else:
        words = (change["title"], change["slug"])
        site.db_transaction("UPDATE fullblog_posts SET title = %s WHERE name = %s", words)
for row in given["standing"]:
    page = WikiPage(site, row["name"])
    page.text = row["text"]
    if not page.exists:
        page.save("humas", "", datetime.fromisoformat(given["founded"]))
