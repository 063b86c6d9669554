import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from activity.channel import CRAWLED
from crawler import settings as ours
from crawler.edge.spider import EmptyScheduler, VisitSpider
from crawler.shards.deal import name_server
from crawler.shards.process import find_spider

SPIDERS = [find_spider(channel) for channel in CRAWLED]


@pytest.mark.parametrize("spider", SPIDERS)
def test_a_spider_bears_its_channels_name(spider: type[VisitSpider]):
    assert spider.name == spider.channel.value


def test_every_channel_has_a_spider():
    assert [spider.channel for spider in SPIDERS] == list(CRAWLED)


@pytest.mark.parametrize(
    ("address", "port", "server"),
    [
        ("103.28.12.1", 443, "103.28.12.1"),
        ("103.28.12.1", 8080, "103.28.12.1"),
        ("127.0.0.1", 8001, "127.0.0.1:8001"),
        ("10.1.2.3", 80, "10.1.2.3:80"),
    ],
)
def test_sites_on_one_server_share_a_queue(address, port, server):
    assert name_server(address, port) == server


@pytest.mark.parametrize(
    "name", ["COOKIES_ENABLED", "REMOTE_CONTROL_ENABLED", "TELNETCONSOLE_ENABLED", "HTTPPROXY_ENABLED"]
)
def test_what_must_be_off_is_off(name):
    settings = Settings()
    settings.setmodule(ours)
    assert not settings.getbool(name)
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert not settings.getbool("HTTPCACHE_ENABLED")


def test_scrapys_queue_is_empty_and_takes_nothing():
    settings = Settings()
    settings.setmodule(ours)
    scheduler = load_object(settings["SCHEDULER"])()
    assert isinstance(scheduler, EmptyScheduler)
    with pytest.raises(RuntimeError, match="nobody waits"):
        scheduler.enqueue_request(Request("http://a.example/"))
    assert not scheduler.has_pending_requests()
    assert scheduler.next_request() is None
