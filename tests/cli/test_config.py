import tomllib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.errors import ConfigError
from cli.init import init
from cli.speech import read_language
from desk.setting.config import list_settings, load_config, parse_moment
from desk.setting.file import FILE, Origin, list_sources, merge_settings, write_settings
from desk.setting.variable import is_contact
from reports.wording import Language
from testkit.zone import MAKASSAR

_ROOT = Path(__file__).parents[2]


def test_nothing_set_gives_usable_settings():
    config = load_config({})
    assert config.database_url == "sqlite:///denyut.db"
    assert config.zone.key == "Asia/Jakarta"
    assert config.tokens == {}
    assert config.allowed_networks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)),
        ("2026-06-30T01:30", datetime(2026, 6, 29, 17, 30, tzinfo=UTC)),
        ("2026-06-30T01:30+07:00", datetime(2026, 6, 29, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_citys_zone(text, expected):
    assert parse_moment(text, MAKASSAR) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DENYUT_TIMEZONE", "Mars/Olympus"),
        ("DENYUT_NOW", "yesterday"),
        ("DENYUT_ALLOW_PRIVATE_NETWORKS", "127.0.0.1/99"),
        ("DENYUT_CRAWL_AT", "25:00"),
        ("DENYUT_DELAY", "-1"),
        ("DENYUT_DELAY", "nan"),
        ("DENYUT_CONCURRENCY", "many"),
        ("DENYUT_LOG_LEVEL", "loud"),
        ("DENYUT_LANG", "jv"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable, value):
    with pytest.raises(ConfigError) as caught:
        load_config({variable: value})
    assert variable in str(caught.value)


def test_tokens_never_show_in_what_is_printed_of_the_settings():
    config = load_config({"DENYUT_INSTAGRAM_TOKEN": "EAAsecret", "DENYUT_FACEBOOK_TOKEN": "EABsecret"})
    assert "secret" not in repr(config)
    assert "secret" not in str(config)
    assert set(config.tokens) == {"instagram", "facebook"}


def test_the_documented_settings_are_the_settings():
    text = (_ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text.split("<!-- end of settings -->")[0].split("|---|---|---|\n")[-1]
    expected = [
        f"| `{variable}` | {'`' + default + '`' if default else '–'} | {meaning} |"
        for variable, default, meaning in list_settings()
    ]
    assert table.strip().splitlines() == expected


_TABLE = """
[diskominfo]
token = "EAAsecret"
kind = "system_user"
app_id = 1234
app_secret = "appsecret"
instagram_user_id = "1784"

[bapperida]
token = "EABsecret"
kind = "page"
channels = ["facebook"]
"""


def token_file(folder, text=_TABLE, mode=0o600):
    path = folder / "token.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return {"DENYUT_TOKENS_FILE": str(path)}


def test_tokens_by_name_from_a_file_and_from_the_environment(tmp_path):
    config = load_config(token_file(tmp_path) | {"DENYUT_FACEBOOK_TOKEN": "EACsecret"})
    tokens = config.read_tokens()
    assert [(t.name, t.kind.value, sorted(t.channels)) for t in tokens] == [
        ("facebook", "unknown", ["facebook"]),
        ("diskominfo", "system user", ["facebook", "instagram"]),
        ("bapperida", "page", ["facebook"]),
    ]
    assert set(config.tokens) == {"facebook", "diskominfo", "bapperida"}
    assert set(config.app_secrets) == {"diskominfo"}
    assert "secret" not in repr(tokens)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o666, 0o777])
def test_a_file_of_tokens_that_others_may_read_is_refused(tmp_path, mode):
    with pytest.raises(ConfigError) as caught:
        load_config(token_file(tmp_path, mode=mode)).read_tokens()
    assert f"mode {mode:o}" in str(caught.value)
    assert "chmod 600" in caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("token = 'EAAsecret'", "outside a table"),
        ("[a]\ntoken = EAAsecret", "no TOML"),
        ("[a]\nkind = 'page'", "no token"),
        ("[a]\ntoken = ['EAAsecret']", "no text"),
        ("[a]\ntoken = 'EAAsecret'\nkind = 'EAAsecret'\nchannels = 'facebook'", "unknown kind"),
        ("[a]\ntoken = 'EAAsecret'\nchannels = ['website']", "unknown channels"),
        ("[a]\ntoken = 'EAAsecret'\nsecret = 'x'", "[a] has secret"),
        ("[a]\ntoken = 'EAAsecret'", "instagram_user_id"),
        ('[a]\ntoken = "EAAsecret\\nEAAsecret"', "[a] token holds"),
        ('[a]\ntoken = "EAAsecret…"', "[a] token holds"),
        ("[facebook]\ntoken = 'EAAsecret'\nchannels = ['facebook']", "environment"),
    ],
)
def test_a_mistake_in_a_file_of_tokens_is_named_and_no_token_repeated(tmp_path, text, named):
    with pytest.raises(ConfigError) as caught:
        load_config(token_file(tmp_path, text)).read_tokens()
    assert named in str(caught.value)
    assert "EAAsecret" not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["DENYUT_INSTAGRAM_TOKEN", "DENYUT_FACEBOOK_TOKEN", "DENYUT_APP_SECRET"])
@pytest.mark.parametrize("value", ["EAA secret", "EAA\nsecret", "EAAsecret…"])
def test_a_token_copied_with_something_else_is_named_and_not_repeated(name, value):
    with pytest.raises(ConfigError, match=name) as caught:
        load_config({name: value})
    assert "EAA" not in str(caught.value)


def test_a_file_of_tokens_that_is_missing(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        load_config({"DENYUT_TOKENS_FILE": str(tmp_path / "none.toml")}).read_tokens()


def test_everything_that_cannot_be_used_is_named_at_once():
    with pytest.raises(ConfigError) as caught:
        load_config({"DENYUT_DELAY": "cepat", "DENYUT_LANG": "jv", "DENYUT_NOW": "kemarin"})
    told = str(caught.value)
    assert told.startswith("3 settings cannot be used: ")
    assert all(name in told for name in ("DENYUT_DELAY", "DENYUT_LANG", "DENYUT_NOW"))


@pytest.fixture
def in_file(tmp_path):
    def write(text):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_file_stands_below_the_environment(in_file):
    folder = in_file(
        'city = "Kota \\"Contoh\\""\ntimezone = "Asia/Makassar"\ncrawl_at = 02:15:00\ndelay = 2\n'
        'allow_private_networks = ["10.0.0.0/8", "127.0.0.1"]\n'
    )
    environment = {"DENYUT_TIMEZONE": "Asia/Jayapura", "DENYUT_CITY": " ", "PATH": "/bin"}
    config = load_config(merge_settings(environment, folder))
    assert (config.city, config.zone.key, config.delay) == ('Kota "Contoh"', "Asia/Jayapura", 2)
    assert (config.crawl_at.hour, config.crawl_at.minute) == (2, 15)
    assert len(config.allowed_networks) == 2
    sources = {s.variable: s.origin for s in list_sources(environment, folder)}
    assert sources["DENYUT_TIMEZONE"] is Origin.ENVIRONMENT
    assert (sources["DENYUT_CITY"], sources["DENYUT_TIMEOUT"]) == (Origin.FILE, Origin.DEFAULT)
    assert merge_settings({"PATH": "/bin"}, folder / "..") == {"PATH": "/bin"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('contct = "a@b.id"', "did you mean contact?"),
        ('facebook_token = "EAAgeheim"', "belongs in the environment"),
        ("city = true", "neither a text nor a number"),
        ("city = {a = 1}\nzone = 1", "city: neither a text nor a number; zone: no such setting"),
        ('city = "Kota', "cannot be read"),
        ("[denyut]", "no such setting"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(in_file, text, told):
    with pytest.raises(ConfigError) as caught:
        merge_settings({}, in_file(text))
    assert told in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match=r"kota\.toml"):
        merge_settings({"DENYUT_SETTINGS": "kota.toml"}, tmp_path)


@given(
    st.dictionaries(st.sampled_from(["DENYUT_CITY", "DENYUT_CONTACT"]), st.text("ab\"\\'=#é\t ", max_size=9))
)
def test_what_is_written_is_read_again(tmp_path_factory, settings):
    folder = tmp_path_factory.mktemp("file")
    write_settings(folder / FILE, settings)
    wanted = {name: value.strip() for name, value in settings.items() if value}
    assert merge_settings({}, folder) == wanted
    with pytest.raises(ConfigError, match="already"):
        write_settings(folder / FILE, settings)


def test_init_writes_what_it_is_told_and_config_show_names_the_source(denyut):
    plain = dict.fromkeys(("DENYUT_CITY", "DENYUT_TIMEZONE", "DENYUT_CONTACT"), "")
    options = ("--city", "Kota Contoh", "--timezone", "Asia/Makassar", "--contact", "x@example.go.id")
    assert "Written: denyut.toml" in denyut.done("init", *options, **plain)
    shown = {row["variable"]: row for row in denyut.json("config", "show", "--json", **plain)}
    assert (shown["DENYUT_CITY"]["value"], shown["DENYUT_CITY"]["source"]) == ("Kota Contoh", "file")
    secret = denyut.done("config", "show", DENYUT_FACEBOOK_TOKEN="EAAgeheim", **plain)
    assert "geheim" not in secret
    refused = denyut.run("init", "--city", "Kota Lain", **plain)
    assert (refused.returncode, "already" in refused.stderr) == (2, True)
    wrong = denyut.run("init", "--timezone", "Mars", **plain)
    assert wrong.returncode == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [(("--contact", "bukan kontak"), "bukan kontak"), (("--rubric", "tidak-ada.toml"), "tidak-ada.toml")],
)
def test_init_writes_nothing_that_a_crawl_or_a_ranking_would_refuse(denyut, given, told):
    refused = denyut.run("init", "--yes", *given, DENYUT_CONTACT="")
    assert (refused.returncode, told in refused.stderr) == (2, True)
    assert list(denyut.folder.iterdir()) == []


class _Terminal(StringIO):
    def isatty(self):
        return True


def test_init_asks_again_what_cannot_be_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("DENYUT_CITY", "DENYUT_TIMEZONE", "DENYUT_CONTACT", "DENYUT_RUBRIC", "DENYUT_SETTINGS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DENYUT_DATABASE", f"sqlite:///{tmp_path / 'denyut.db'}")
    monkeypatch.setenv("DENYUT_LANG", "id")
    typed = ["Kota Uji", "Mars", "Asia/Makassar", "bukan kontak", "humas@example.go.id", "tidak-ada.toml", ""]
    monkeypatch.setattr("sys.stdin", _Terminal("\n".join([*typed, ""])))
    said = _Terminal()
    monkeypatch.setattr("sys.stdout", said)
    init()
    assert "'bukan kontak' bukan alamat surel dan bukan URL" in " ".join(said.getvalue().split())
    assert "tidak-ada.toml: berkas atau folder tidak ada" in " ".join(said.getvalue().split())
    written = tomllib.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert written == {"city": "Kota Uji", "timezone": "Asia/Makassar", "contact": "humas@example.go.id"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("humas@example.go.id", True),
        ("pusat.data+denyut@diskominfo.banjarmasinkota.go.id", True),
        ("https://example.go.id/kontak?a=1", True),
        ("http://example.go.id", True),
        ("example.go.id", False),
        ("humas@", False),
        ("@example.go.id", False),
        ("humas@kantor", False),
        ("ftp://example.go.id", False),
        ("https://", False),
        ("https://example.go.id/\r\nX: y", False),
        ("Humas <humas@example.go.id>", False),
    ],
)
def test_a_contact_is_an_address_that_a_site_can_write_to_or_open(text, is_one):
    assert is_contact(text) is is_one


def test_commands_speak_what_the_settings_file_says_and_the_environment_before_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DENYUT_LANG")
    assert read_language() is Language.ID
    named = tmp_path / "other.toml"
    named.write_text('lang = "en"\n')
    monkeypatch.setenv("DENYUT_SETTINGS", str(named))
    assert read_language() is Language.EN
    monkeypatch.setenv("DENYUT_LANG", "id")
    assert read_language() is Language.ID
    monkeypatch.setenv("DENYUT_LANG", "jv")
    assert read_language() is Language.ID
