"""What damage is made of: addresses, values, days, markup and letters that broke readers."""

ADDRESSES = (
    *(
        "http://[alamat-situs]/",
        "http://[::1",
        "https://a:99999/",
        "https://u:p@x.id/",
        "//",
        "http://",
        "http:///x",
    ),
    *(
        "javascript:void(0)",
        "data:text/html,x",
        "https://xn--a.id/",
        "mailto:a@b",
        "?page=9" * 40,
        "/%ff%fe",
        "\\\\x",
    ),
    *(
        "https://contoh.go.id:abc/",
        "https://[v1.a]/",
        "http://\ud800/",
        "/a\x00b",
        "https://" + "a." * 200,
        "#",
        "",
    ),
)
VALUES = (
    *(
        "NaN",
        "1e999",
        "-Infinity",
        "-1",
        "9" * 6_000,
        "0",
        "null",
        "true",
        "[]",
        "{}",
        '"x"',
        "[[[[[[",
        '{"a":' * 40,
    ),
    *(
        '"\\ud800"',
        '"\\u0000"',
        '"2026-13-45"',
        '"0000-00-00T00:00:00Z"',
        "99999999999999",
        '"32 Maret 2026"',
        "1.5",
    ),
)
DATES = (
    *(
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "31/02/2026",
        "2026-03-02T25:61:61+99:99",
        "\u0663",
    ),
    *(
        "Senin, 99 Maret 99999",
        "10000000000000000",
        "-62135596800",
        "2 Maret 2026 24:00",
        "1 jam yang lalu" * 20,
    ),
    *(
        "999999999999 tahun lalu",
        "00/00/0000",
        "29 Februari 2025",
        "٣/٣/٢٠٢٦",
        "12.12.12.12.12",
        "Maret " * 100,
    ),
)
MARKUP = (
    *(
        "<base href='http://[x]/'>",
        "<link rel=canonical href='http://[x]/'>",
        "<meta charset=idna>",
        "<svg><title>",
    ),
    *(
        "<script>",
        "<script>var x={title:'",
        "<!--",
        "<a href='http://[alamat-situs]/'>x</a>",
        "&#x110000;",
        "&#xD800;",
    ),
    *(
        "<time datetime='0000-00-00'>",
        "<table><td><p>",
        "]]>",
        "<![CDATA[",
        "<?xml encoding='idna'?>",
        "\x00\x0b\x1f",
    ),
    *(
        "<meta property=og:url content='http://[x]'>",
        "<a rel=next href='https://a:99999/'>»</a>",
        "<div>" * 3_000,
    ),
)
LETTERS = (
    "\ud83d",
    "\ufeff",
    "\u202e",
    "\x00",
    "a" * 3_000,
    " " * 3_000,
    "(" * 300,
    "é" * 20,
    "\r\n" * 200,
    "٣",
    "²",
)
PIECES = (*ADDRESSES, *VALUES, *DATES, *MARKUP, *LETTERS)
