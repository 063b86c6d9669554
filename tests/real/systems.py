"""The systems that can be tried, by the name that chooses them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from ablog import start_ablog
from akari import start_akari
from aldryn import start_aldryn
from apostrophe import start_apostrophe
from bakesite import start_bakesite
from biisan import start_biisan
from blag import start_blag
from blazeblogger import start_blazeblogger
from blogmore import start_blogmore
from blosxom import start_blosxom
from bucket3 import start_bucket3
from chalow import start_chalow
from chirpy import start_chirpy
from chronicle import start_chronicle
from cmsblog import start_cmsblog
from conformes import start_conformes
from djcast import start_djcast
from djpress import start_djpress
from docusaurus import start_docusaurus
from dokuwiki import start_dokuwiki
from elephant import start_elephant
from eleventy import start_eleventy
from fluent import start_fluent
from ghost import start_ghost
from govuk import start_govuk
from haunt import start_haunt
from hexo import start_hexo
from hugo import start_hugo
from hyperkitty import start_hyperkitty
from ikiwiki import start_ikiwiki
from jekyll import start_jekyll
from kotti import start_kotti
from lektor import start_lektor
from lotus import start_lotus
from machina import start_machina
from machine import Processes
from markata import start_markata
from marmite import start_marmite
from mediawiki import start_mediawiki
from mezzanine import start_mezzanine
from mhonarc import start_mhonarc
from miyadaiku import start_miyadaiku
from mkdocs_blog import start_mkdocs
from newsfeed import start_newsfeed
from newsletter import start_newsletter
from nextra import start_nextra
from nikola import start_nikola
from odoo import start_odoo
from org import start_org
from pelican import PACKED_THEMES, start_pelican
from platzky import start_platzky
from plone import start_plone
from portal import start_portal
from puput import start_puput
from redmine import start_redmine
from spip import start_spip
from spirit import start_spirit
from starlight_blog import start_starlight_blog
from stories import start_stories
from tdiary import start_tdiary
from teek import start_teek
from tinkerer import start_tinkerer
from trac_blog import start_trac
from truth import Known, Served
from valaxy import start_valaxy
from vdoing import start_vdoing
from vitepress import start_vitepress
from wagtail import start_wagtail
from wagtailblog import start_wagtailblog
from wintersmith import start_wintersmith
from wordpress import SETTINGS, start_wordpress
from xblog import start_xblog
from zinnia import start_zinnia

__all__ = ["SYSTEMS"]

Starter = Callable[[Path, Sequence[Known], Processes], Served]

SYSTEMS: Mapping[str, Starter] = {
    **{f"wordpress-{name}".removesuffix("-"): partial(start_wordpress, variant=name) for name in SETTINGS},
    "portal": start_portal,
    "pelican": start_pelican,
    "mezzanine": start_mezzanine,
    "nikola": start_nikola,
    "mkdocs": start_mkdocs,
    "puput": start_puput,
    "plone": start_plone,
    "hugo": start_hugo,
    "jekyll": start_jekyll,
    "hexo": start_hexo,
    "hexo-next": partial(start_hexo, theme="next"),
    "hexo-icarus": partial(start_hexo, theme="icarus"),
    "hexo-fluid": partial(start_hexo, theme="fluid"),
    "hexo-async": partial(start_hexo, theme="async"),
    "hexo-butterfly": partial(start_hexo, theme="butterfly"),
    "hexo-keep": partial(start_hexo, theme="keep"),
    "hexo-kratos-rebirth": partial(start_hexo, theme="kratos-rebirth"),
    "hexo-redefine": partial(start_hexo, theme="redefine"),
    "hexo-nexmoe": partial(start_hexo, theme="nexmoe"),
    "hexo-a4": partial(start_hexo, theme="a4"),
    "hexo-volantis": partial(start_hexo, theme="volantis"),
    "lektor": start_lektor,
    "ikiwiki": start_ikiwiki,
    "ablog": start_ablog,
    "chronicle": start_chronicle,
    "eleventy": start_eleventy,
    "docusaurus": start_docusaurus,
    "wagtail": start_wagtail,
    "blazeblogger": start_blazeblogger,
    "redmine": start_redmine,
    "blosxom": start_blosxom,
    "mediawiki": start_mediawiki,
    "spip": start_spip,
    "haunt": start_haunt,
    "chalow": start_chalow,
    "mhonarc": start_mhonarc,
    "dokuwiki": start_dokuwiki,
    "vitepress": start_vitepress,
    "wintersmith": start_wintersmith,
    "blag": start_blag,
    "bucket3": start_bucket3,
    "blogmore": start_blogmore,
    "djpress": start_djpress,
    "lotus": start_lotus,
    "tinkerer": start_tinkerer,
    "zinnia": start_zinnia,
    "kotti": start_kotti,
    "valaxy": start_valaxy,
    "valaxy-sakura": partial(start_valaxy, theme="sakura"),
    "vdoing": start_vdoing,
    "fluent": start_fluent,
    "starlight-blog": start_starlight_blog,
    "tdiary": start_tdiary,
    "org": start_org,
    "teek": start_teek,
    "nextra": start_nextra,
    **{f"pelican-{name}": partial(start_pelican, theme=name) for name in PACKED_THEMES},
    "trac": start_trac,
    "bakesite": start_bakesite,
    "akari": start_akari,
    "markata": start_markata,
    "newsfeed": start_newsfeed,
    "machina": start_machina,
    "jekyll-chirpy": start_chirpy,
    "cmsblog": start_cmsblog,
    "elephant": start_elephant,
    "newsletter": start_newsletter,
    "spirit": start_spirit,
    "hyperkitty": start_hyperkitty,
    "djcast": start_djcast,
    "biisan": start_biisan,
    "govuk": start_govuk,
    "marmite": start_marmite,
    "miyadaiku": start_miyadaiku,
    "platzky": start_platzky,
    "xblog": start_xblog,
    "conformes": start_conformes,
    "stories": start_stories,
    "aldryn": start_aldryn,
    "wagtailblog": start_wagtailblog,
    "apostrophe": start_apostrophe,
    "odoo": start_odoo,
    "ghost": start_ghost,
    "ghost-casper": partial(start_ghost, theme="casper"),
    "hexo-stellar": partial(start_hexo, theme="stellar"),
    "hexo-reimu": partial(start_hexo, theme="reimu"),
    "hexo-solitude": partial(start_hexo, theme="solitude"),
    "hexo-yun": partial(start_hexo, theme="yun"),
    "plone-tabular": partial(start_plone, layout="tabular_view"),
    "redmine-boards": partial(start_redmine, part="boards"),
    "redmine-documents": partial(start_redmine, part="documents"),
}
