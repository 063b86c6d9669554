"""The machine's own Chromium over loopback: pages that a script fills, and pages that mean harm."""

import json
import shutil
import socket
import threading
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.visit import Budget, Fetch, Harvest, Purpose, Target, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from crawler.visits.site import website
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
OURS = "127.0.0.1/32"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_spec("scrapy_playwright") is None, reason="denyut[browser] is not installed"),
    pytest.mark.skipif(PROGRAM is None, reason=f"no browser here: none of {', '.join(NAMES)} was found"),
]

# Built from pieces, so that the address of the data cannot be read out of the script.
FILL = """
const where = ["", "data", ["ber", "ita"].join("") + ".json"].join("/");
const draw = records => {
  const list = document.createElement("ul");
  for (const {s, t, w} of records) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = "/baca/" + s; link.textContent = t;
    const day = new Date(w * 1000).toLocaleDateString("id-ID",
      {day: "numeric", month: "long", year: "numeric"});
    const when = document.createElement("span"); when.textContent = day;
    item.append(link, " ", when); list.append(item);
  }
  document.getElementById("root").append(list);
};
addEventListener("DOMContentLoaded", () => fetch(where).then(r => r.json()).then(draw));
"""
FRAME = "<title>Dinas</title><script src=/app.js></script><body><div id=root></div>{}</body></html>"


def moments():
    """Late in the evening by UTC, which in the city is the next morning."""
    return [datetime(2026, 2, 27, 17, 30, tzinfo=UTC) - timedelta(days=2 * n) for n in range(12)]


def records():
    return [
        {"s": f"rapat-koordinasi-{n}", "t": f"Rapat koordinasi wilayah ke {n}", "w": int(at.timestamp())}
        for n, at in enumerate(moments())
    ]


WANTED = {f"/baca/rapat-koordinasi-{n}": at.astimezone(ZONE).date() for n, at in enumerate(moments())}


def answer(hit, body, kind="text/html; charset=utf-8", status="200 OK", more=""):
    raw = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(raw)}\r\n{more}"
    hit.connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + raw)


def site(extra="", pages=None, script=FILL):
    """A site that shows its posts to browsers only, with something more on its home page."""

    def respond(hit):
        path = hit.path.partition("?")[0]
        if pages and path in pages:
            pages[path](hit)
        elif path == "/":
            answer(hit, FRAME.format(extra))
        elif path == "/app.js":
            answer(hit, script, "text/javascript")
        elif path == "/data/berita.json":
            answer(hit, json.dumps(records()), "application/json")
        else:
            answer(hit, "tidak ada", status="404 Not Found")

    return respond


@pytest.fixture
def elsewhere():
    """Another machine inside our own network, and what arrives there."""
    arrived = []
    tcp = socket.create_server(("127.0.0.2", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.2", tcp.getsockname()[1]))
    tcp.settimeout(0.1)
    udp.settimeout(0.1)
    over = threading.Event()

    def listen(take):
        while not over.is_set():
            try:
                arrived.append(take())
            except TimeoutError:
                continue

    def accept():
        connection, _ = tcp.accept()
        with connection:
            return connection.getpeername()

    listeners = [threading.Thread(target=listen, args=(take,)) for take in (accept, lambda: udp.recv(2000))]
    for listener in listeners:
        listener.start()
    yield tcp.getsockname()[1], arrived
    over.set()
    for listener in listeners:
        listener.join()
    tcp.close()
    udp.close()


def target(address, seconds=900.0):
    account = Account(1, "contoh", Channel.WEBSITE, f"{address}/")
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    return Target(account, window, ZONE, budget=Budget(seconds=seconds), rendering=True)


def look(address, visit=website.visit, timeout=25.0, allowed=OURS):
    at = target(address)
    return probe(
        at,
        visit(at),
        guard=Guard.of([allowed]),
        user_agent="Denyut/0.1 (+mailto:uji@example.id)",
        clock=lambda: NOW,
        timeout=timeout,
        browser=PROGRAM,
    )


def open_once(at):
    """Nothing but the home page, rendered; its fate becomes the detail."""
    page = yield Fetch(at.account.address, Purpose.HOME, rendered=True)
    text = page.body.decode() if page.ok else f"{page.failure}: {page.detail}"
    return Harvest(Outcome.OK if page.ok else Outcome.UNREACHABLE, detail=text)


def days(posts):
    return {key: date.fromisoformat(at[:10]) for key, at in posts.items()}


def test_a_probe_reads_a_page_that_a_script_fills(serve):
    server = serve(site())
    harvest = look(server.url)
    assert harvest.outcome is Outcome.OK
    found = {post.key: post.date.at.astimezone(ZONE).date() for post in harvest.posts}
    assert found == WANTED
    assert harvest.endpoint == f"{server.url}/"
    assert harvest.memory.facts["discovery"]["rendered"] == ["listing"]
    assert all("Denyut/0.1 (+mailto:uji@example.id)" in head for head in server.heads)
    assert not any("\nCookie:" in head or "\nReferer:" in head for head in server.heads)


def test_data_that_say_what_they_are_are_read_and_remembered_as_an_api(serve):
    script = FILL.replace("const {s, t, w}", "const {slug: s, judul: t, terbit: w}")

    def data(hit):
        rows = [{"slug": each["s"], "judul": each["t"], "terbit": each["w"]} for each in records()]
        answer(hit, json.dumps(rows), "application/json")

    server = serve(site(script=script, pages={"/data/berita.json": data}))
    harvest = look(server.url)
    assert {post.key: post.date.at.astimezone(ZONE).date() for post in harvest.posts} == WANTED
    assert harvest.endpoint == f"{server.url}/data/berita.json"
    assert "rendered" not in harvest.memory.facts


def test_a_crawl_reads_it_too_and_pages_that_mean_harm_cost_only_themselves(
    serve, city, crawl_apart, elsewhere
):
    port, arrived = elsewhere
    honest = [serve(site()), serve(site())]
    stuck = serve(site("<script>addEventListener('load', () => { while (true); })</script>"))
    prying = serve(site(_pry(port)))
    hidden = serve(site(pages={"/robots.txt": lambda hit: answer(hit, "User-agent: *\nDisallow: /\n")}))
    servers = [*honest, stuck, prying, hidden]
    result, done = crawl_apart(
        city([f"{server.url}/" for server in servers]),
        visit="website",
        browser=PROGRAM,
        # The stuck page keeps one core busy until then, and the honest ones may have to wait for it.
        timeout=20.0,
        allowed=[OURS],
    )
    assert result is not None, done.stderr
    harvests = [result["harvests"][server.url + "/"] for server in servers]
    for harvest in (*harvests[:2], harvests[3]):
        assert harvest["outcome"] == "OK", (harvest, done.stderr)
        assert days(harvest["posts"]) == WANTED
    assert harvests[2]["outcome"] == "NEEDS_BROWSER"
    assert "did not come to rest" in harvests[2]["detail"]
    assert harvests[4]["outcome"] == "REFUSED"
    assert arrived == []
    assert "Traceback" not in done.stderr


def _pry(port):
    """Every way out of a page that we know of, towards a machine that the guard forbids."""
    there = f"127.0.0.2:{port}"
    return f"""<script>
    const safely = action => {{ try {{ action() }} catch (error) {{}} }};
    safely(() => fetch("http://{there}/fetch", {{mode: "no-cors"}}).catch(() => 0));
    safely(() => fetch("/led-astray").catch(() => 0));
    safely(() => navigator.sendBeacon("http://{there}/beacon"));
    safely(() => new WebSocket("ws://{there}/socket"));
    safely(() => new EventSource("http://{there}/events"));
    safely(() => new Worker("http://{there}/worker.js"));
    safely(() => window.open("http://{there}/window"));
    for (const [tag, name] of [["img", "src"], ["iframe", "src"], ["script", "src"], ["video", "src"]])
      safely(() => {{ const element = document.createElement(tag); element[name] = "http://{there}/" + tag;
                      document.documentElement.append(element) }});
    for (const rel of ["preconnect", "prefetch", "preload", "stylesheet", "icon"])
      safely(() => {{ const link = document.createElement("link"); link.rel = rel;
                      link.href = "http://{there}/" + rel; document.head.append(link) }});
    safely(() => {{ const frame = document.createElement("iframe"); document.documentElement.append(frame);
                    const Connection = frame.contentWindow.RTCPeerConnection || RTCPeerConnection;
                    const peer = new Connection({{iceServers: [{{urls: "stun:{there}"}}]}});
                    peer.createDataChannel("x");
                    peer.createOffer().then(offer => peer.setLocalDescription(offer)) }});
    setTimeout(() => location.href = "http://{there}/gone", 500);
    </script>"""


def test_nothing_leaves_for_a_machine_that_the_guard_forbids(serve, elsewhere):
    port, arrived = elsewhere
    more = f"Location: http://127.0.0.2:{port}/redirected\r\n"
    astray = {"/led-astray": lambda hit: answer(hit, "", status="302 Found", more=more)}
    server = serve(site(_pry(port), astray))
    harvest = look(server.url)
    assert {post.key for post in harvest.posts} == set(WANTED)
    assert server.asked["/led-astray"] >= 1
    assert arrived == []


RESTLESS = """
setInterval(() => root.append(document.createElement("hr")), 10);
setInterval(() => window.open("/?" + Math.random()), 20);
setInterval(() => alert("!"), 50);
setInterval(() => { const a = document.createElement("a"); a.href = a.download = "x"; a.click() }, 20);
setInterval(() => { location.hash = Math.random() }, 20);
setInterval(() => history.pushState(0, "", "/?" + Math.random()), 20);
onbeforeunload = event => event.preventDefault();
"""


RESTLESS_TOO = """
setInterval(() => { for (const n of Array(100)) fetch("/more?" + Math.random()) }, 300);
setInterval(() => { for (const n of Array(100)) new Image().src = "/image?" + Math.random() }, 0);
setInterval(() => location.reload(), 100);
"""


@pytest.mark.parametrize("restless", [RESTLESS, RESTLESS_TOO])
def test_a_page_that_never_rests_is_read_as_it_stands(serve, monkeypatch, restless):
    monkeypatch.setattr("crawler.browser.tab.LONGEST", 5.0)
    server = serve(site(f"<script>{restless}</script>"))
    harvest = look(server.url, open_once)
    assert "rapat-koordinasi-11" in harvest.detail
    assert harvest.cost.seconds < 20
    assert harvest.cost.requests == 2
    assert server.asked.total() <= 2 + 60


def test_a_list_that_grows_for_ever_is_cut(serve, monkeypatch):
    monkeypatch.setattr("crawler.browser.tab.LONGEST", 5.0)
    grow = """const more = () => fetch("/data/more.json?" + Math.random()).then(r => r.json()).then(all => {
        draw(all); scrollTo(0, 1e9); more() }); setTimeout(more, 200)"""
    pages = {"/data/more.json": lambda hit: answer(hit, json.dumps(records()), "application/json")}
    server = serve(site(f"<script>{grow}</script>", pages))
    harvest = look(server.url, open_once)
    assert "rapat-koordinasi-11" in harvest.detail
    assert server.asked.total() <= 2 + 60 + 1


@pytest.mark.parametrize(
    ("harm", "said", "seconds"),
    [
        ("addEventListener('load', () => { while (true); })", "did not come to rest within 5 s", 5),
        ("addEventListener('load', () => { while (true) alert('!') })", "did not come to rest within 5 s", 5),
        ("document.title = 'x'.repeat(2 ** 24)", "answer too large", 25),
        ("for (const n of Array(3e5)) root.append(document.createElement('p'))", "answer too large", 25),
    ],
)
def test_a_page_that_cannot_be_shown_is_a_failure_within_its_time(serve, harm, said, seconds):
    server = serve(site(f"<script>{harm}</script>"))
    harvest = look(server.url, open_once, timeout=seconds)
    assert said in harvest.detail
    assert harvest.cost.seconds < seconds + 10
    # It is not asked for again: another try would hardly go better.
    assert server.asked["/"] == 1


def test_a_page_led_on_by_its_script_is_a_redirect_under_the_rules_of_robots(serve):
    pages = {
        "/": lambda hit: answer(hit, "<script>location.href = '/id/'</script>"),
        "/id/": lambda hit: answer(hit, FRAME.format("")),
        "/ping/": lambda hit: answer(hit, "<script>location.href = '/pong/'</script>"),
        "/pong/": lambda hit: answer(hit, "<script>location.href = '/ping/'</script>"),
        "/robots.txt": lambda hit: answer(hit, "User-agent: *\nDisallow: /tertutup/\n"),
        "/keluar/": lambda hit: answer(hit, "<script>location.href = '/tertutup/'</script>"),
    }
    server = serve(site(pages=pages))
    assert "rapat-koordinasi-11" in look(server.url, open_once).detail
    assert str(Failure.TOO_MANY_REDIRECTS) in look(f"{server.url}/ping", open_once).detail
    assert str(Failure.ROBOTS) in look(f"{server.url}/keluar", open_once).detail
    assert server.asked["/tertutup/"] == 0


def test_nothing_is_kept_from_one_page_to_the_next(serve, monkeypatch):
    monkeypatch.setattr("crawler.browser.tab.QUIET_BARE", 0.5)
    keep = """const seen = localStorage.seen + document.cookie;
        localStorage.seen = document.cookie = "seen=yes";
        document.body.append("before: " + seen)"""
    pages = {"/": lambda hit: answer(hit, f"<body><script>{keep}</script>", more="Set-Cookie: a=b\r\n")}
    server = serve(site(pages=pages))

    def twice(at):
        yield Fetch(at.account.address, Purpose.HOME, rendered=True)
        return (yield from open_once(at))

    assert "before: undefined<" in look(server.url, twice).detail


def test_a_page_that_is_no_html_or_no_success_is_left_as_it_came(serve):
    pages = {
        "/": lambda hit: answer(hit, '{"a": "<script>document.write(1)</script>"}', "application/json"),
        "/ill/": lambda hit: answer(hit, "<script>document.write(1)</script>", status="404 Not Found"),
    }
    server = serve(site(pages=pages))
    assert look(server.url, open_once).detail.startswith('{"a"')
    assert look(f"{server.url}/ill", open_once).outcome is Outcome.UNREACHABLE


def test_parts_count_towards_the_size_of_the_page(serve):
    heavy = "setTimeout(() => { for (let n = 0; n < 40; n++) fetch('/heavy?' + n) }, 500)"
    pages = {"/heavy": lambda hit: answer(hit, "x" * 2_000_000, "text/plain")}
    server = serve(site(f"<script>{heavy}</script>", pages))
    harvest = look(server.url, open_once)
    assert "rapat-koordinasi-11" in harvest.detail
    assert server.asked.total() < 12
    assert 8_000_000 < harvest.cost.bytes < 14_000_000
