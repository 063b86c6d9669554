import subprocess
import sys

import pytest

from activity.errors import ConfigError
from desk.installation.health import Health, examine
from desk.night.browser import find_browser
from desk.setting.config import load_config


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose only programs are those that the test adds."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def add(name):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        return str(program)

    return add


@pytest.fixture
def extra(monkeypatch):
    """The package that drives a browser, present or not whatever is installed here."""

    def be(there):
        monkeypatch.setattr("desk.night.browser.find_spec", lambda _: object() if there else None)

    be(there=True)
    return be


def test_nothing_is_rendered_unless_wanted(extra, machine):
    machine("chromium")
    extra(there=False)
    assert find_browser(load_config({}).browser) is None


@pytest.mark.usefixtures("extra")
def test_auto_takes_the_machines_own(machine):
    with pytest.raises(ConfigError, match="apt install chromium"):
        find_browser("auto")
    program = machine("google-chrome")
    assert find_browser("auto") == program


@pytest.mark.usefixtures("extra")
def test_a_path_or_a_name_is_taken_as_it_is(machine):
    program = machine("my-chromium")
    machine("chromium")
    assert find_browser(program) == find_browser("my-chromium") == program


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("setting", ["/nowhere/chromium", "firefox", "/"])
def test_what_is_no_program_is_named(machine, setting):
    machine("chromium")
    with pytest.raises(ConfigError, match="DENYUT_BROWSER") as caught:
        find_browser(setting)
    assert repr(setting) in caught.value.message


def test_a_missing_package_is_said_with_its_remedy(extra, machine):
    machine("chromium")
    extra(there=False)
    with pytest.raises(ConfigError) as caught:
        find_browser("auto")
    assert "install 'denyut[browser]==" in caught.value.remedy
    assert "\n" not in str(caught.value)


def test_the_doctor_looks_at_the_browser_too(extra, machine, tmp_path):
    def check(setting):
        settings = {"DENYUT_DATABASE": f"sqlite:///{tmp_path}/denyut.db", "DENYUT_BROWSER": setting}
        return next(c for c in examine(load_config(settings)) if c.name == "browser")

    assert check("").health is Health.OK
    assert check("auto").health is Health.FAILED
    program = machine("chromium")
    assert (check("auto").health, check("auto").found) == (Health.OK, program)
    extra(there=False)
    assert "denyut[browser]" in check("auto").remedy


def test_commands_refuse_what_is_missing_before_they_begin(denyut):
    for command in (["crawl"], ["probe", "https://contoh.go.id"]):
        done = denyut.run(*command, DENYUT_BROWSER="/nowhere/chromium")
        assert done.returncode == 2
        assert "DENYUT_BROWSER" in done.stderr
        assert len(done.stderr.strip().splitlines()) <= 3
        assert not denyut.database.exists()


def test_nothing_of_the_browser_is_loaded_without_it():
    code = (
        "import sys\n"
        "from scrapy.crawler import Crawler\n"
        "from scrapy.settings import Settings\n"
        "import crawler.run, crawler.probe, crawler.settings as own\n"
        "from crawler.spiders.website import WebsiteSpider\n"
        "settings = Settings(); settings.setmodule(own)\n"
        "handlers = Crawler(WebsiteSpider, settings).settings.getdict('DOWNLOAD_HANDLERS')\n"
        "print(handlers['http'], 'playwright' in sys.modules, 'scrapy_playwright' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["crawler.edge.handler.CheckingHandler", "False", "False"]
