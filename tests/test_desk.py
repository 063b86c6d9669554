"""What the desk decides of itself: how many processes crawl, and whether this machine is fit for them."""

import resource
from types import SimpleNamespace

import pytest

from activity.errors import ConfigError
from desk.installation.health import Health, examine
from desk.night.job import choose_processes
from desk.setting.config import load_config


def check(name, tmp_path, **settings):
    environment = {"DENYUT_DATABASE": f"sqlite:///{tmp_path}/denyut.db", **settings}
    return next(each for each in examine(load_config(environment)) if each.name == name)


@pytest.mark.parametrize(
    ("wanted", "websites", "processes"),
    [(None, 120, 1), (None, 499, 1), (None, 500, 6), (3, 120, 3), (64, 1, 64), (3, 0, 1), (None, 0, 1)],
)
def test_how_many_processes_crawl(monkeypatch, wanted, websites, processes):
    monkeypatch.setattr("os.cpu_count", lambda: 6)
    assert choose_processes(wanted, websites) == processes


@pytest.mark.parametrize(("text", "processes"), [("", None), ("auto", None), ("AUTO", None), ("4", 4)])
def test_a_number_of_processes_or_auto(text, processes):
    assert load_config({"DENYUT_PROCESSES": text}).processes == processes


@pytest.mark.parametrize("text", ["0", "-1", "two", "65", "1.5"])
def test_another_number_of_processes_is_refused(text):
    with pytest.raises(ConfigError, match="DENYUT_PROCESSES"):
        load_config({"DENYUT_PROCESSES": text})


@pytest.mark.parametrize(
    ("soft", "hard", "sites", "found"),
    [
        (256, 1024, "64", Health.OK),
        (256, 256, "64", Health.WARNING),
        (1024, 1024, "512", Health.WARNING),
        (256, resource.RLIM_INFINITY, "512", Health.OK),
    ],
)
def test_the_doctor_looks_at_open_files(monkeypatch, tmp_path, soft, hard, sites, found):
    monkeypatch.setattr("resource.getrlimit", lambda _: (soft, hard))
    told = check("open files", tmp_path, DENYUT_CONCURRENCY=sites)
    assert told.health is found
    assert "idle connections close after" in told.found
    assert bool(told.remedy) == (found is Health.WARNING)


def test_the_doctor_looks_at_memory(monkeypatch, tmp_path):
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=900_000_000))
    assert check("memory", tmp_path, DENYUT_PROCESSES="2").health is Health.OK
    assert check("memory", tmp_path, DENYUT_PROCESSES="4").health is Health.WARNING
