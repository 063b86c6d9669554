"""Scrapy's settings: each that is not Scrapy's own says the default and why.

`crawler.run` adds those of one run: USER_AGENT, ROBOTSTXT_OBEY, DOWNLOAD_DELAY, DOWNLOAD_TIMEOUT,
CONCURRENT_REQUESTS, LOG_LEVEL, DENYUT_ALLOWED and DENYUT_BROWSER; where there is a browser the website
spider adds `crawler.browser.chromium.compose_settings`. See docs/crawl.md.
"""

from importlib.util import find_spec

from crawler.drive.robots import AGENT

BOT_NAME = "denyut"
SPIDER_MODULES = ["crawler.spiders"]

# --- What the crawl may touch -------------------------------------------------------------------

# Own setting: networks that are refused unless listed here, as text. Scrapy has no such guard.
DENYUT_ALLOWED: list[str] = []

# Own setting: the program that renders pages; None renders nothing and loads nothing for it.
DENYUT_BROWSER: str | None = None

# Own setting: Twisted keeps an idle connection 240 s; at 35 sites a second that is more than the 1,024 open
# files that shells, cron and systemd allow. A visit asks again within a second or two. Many seats and
# few files lower it (crawler.files).
DENYUT_IDLE_SECONDS = 3

# Default CachingThreadedResolver: gives out private addresses, IPv4 only, never forgets.
TWISTED_DNS_RESOLVER = "crawler.edge.resolver.GuardedResolver"

# Default 60 s: a name server that takes longer than this belongs to a dead site.
DNS_TIMEOUT = 15

# Default 10: each name that does not resolve holds a thread for seconds.
REACTOR_THREADPOOL_MAXSIZE = 50

# Default: fourteen, of which settings leave most out again; those are loaded all the same.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    # Before anything else: no request, not even for robots.txt, to an address that is refused. In the place
    # of OffsiteMiddleware: a site may move to another host; the guard decides, not the host's name.
    "crawler.edge.middleware.GuardMiddleware": 50,
    # In the place of RobotsTxtMiddleware: ours knows what a failing robots.txt means.
    "crawler.edge.middleware.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}

DOWNLOAD_HANDLERS = {
    # Default HTTP11DownloadHandler: checks no certificate unless told, and cannot say "expired".
    "http": "crawler.edge.handler.CheckingHandler",
    "https": "crawler.edge.handler.CheckingHandler",
    # Default: each has a handler; a redirect must never open a local file.
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}

# Default False: a certificate that nobody checks proves nothing.
DOWNLOAD_VERIFY_CERTIFICATES = True

# Default True: reads http_proxy from the environment, and a proxy would resolve behind our guard.
HTTPPROXY_ENABLED = False

# Defaults True and 1: they open local ports, one of which runs Python for whoever holds a token.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# --- A guest ------------------------------------------------------------------------------------

# Default "Scrapy/…": an honest name; the run's own adds how to reach whoever runs it.
USER_AGENT = "Denyut/0.1"

# Default False.
ROBOTSTXT_OBEY = True

# Default None (the whole USER_AGENT): the token that a site would name in its rules.
ROBOTSTXT_USER_AGENT = AGENT

# Default 8: one slow connection a server.
CONCURRENT_REQUESTS_PER_DOMAIN = 1

# Default 0.
DOWNLOAD_DELAY = 1.0

# Default 16: with a delay set, as many as there are sites open at once, or the queue's scan costs more
# than the crawl.
CONCURRENT_REQUESTS = 64

# Default 180 s: dead sites decide how long a night takes; 25 s twice is 50 min for 100,000 sites, of
# which 15 % are dead, where 180 s three times is 9 h. Covers the whole exchange, a dripping body too.
DOWNLOAD_TIMEOUT = 25.0

# Default 1 GiB: before and after decompression; no page of an office is larger.
DOWNLOAD_MAXSIZE = 10_000_000

# Default 32 MiB: beyond the maximum, so never warned of.
DOWNLOAD_WARNSIZE = 0

# Default True: it downloads the public suffix list, blocking, on the first cookie; a crawl needs none.
COOKIES_ENABLED = False

# Default "no-referrer-when-downgrade": a site need not know which page led to another.
REFERRER_POLICY = "no-referrer"

# --- What the driver does instead ---------------------------------------------------------------

# Default True: `crawler.drive.driver` tries again, so that budgets count it and `probe` does the same.
RETRY_ENABLED = False

# Default 20. Only requests for robots.txt are redirected by Scrapy (RFC 9309: at least five hops);
# pages carry `dont_redirect`, and the driver follows, so that each hop is counted and guarded.
REDIRECT_MAX_TIMES = 5

# Default True: a refresh in HTML is for the visit to judge.
METAREFRESH_ENABLED = False

# Default: a queue of requests in memory and on disk. A visit has one request at a time, and its own task
# hands it to the downloader; nothing is scheduled, filtered or passed through Scrapy's side of the spider.
SCHEDULER = "crawler.edge.spider.EmptyScheduler"

# Default: six, which see what a spider yields; ours yields nothing. The one that stays is asked what to say
# when robots.txt is redirected.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700}

# --- Running ------------------------------------------------------------------------------------

# Default None: uvloop gives a fifth more requests a second, where it is installed.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None

# Default "DEBUG": a person sees the summary, not the machinery.
LOG_LEVEL = "WARNING"

# Default: ten packages, whose versions each shard reads from the disk before its first visit; `doctor` tells
# ours, and from Python 3.13 on reading them loads parts of the library that the nursery has not loaded.
LOG_VERSIONS: list[str] = []

# Default: counts each request some twenty times. Figures are the summary's business.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
STATS_DUMP = False

# Default: eleven, all of which would be loaded, to be left out for want of a setting or to count once more.
EXTENSIONS_BASE: dict[str, int] = {}

# Default True: starts a process to send mail; the scheduler limits a run instead.
MEMUSAGE_ENABLED = False
