"""A semester keeps the rubric that was settled; a change takes a version, a reason and a name."""

import pytest

_SEMESTER = "2026-S1"


@pytest.fixture
def machine(denyut, registry):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", registry("dinkes", "damkar")))
    return denyut


@pytest.fixture
def rubric(machine):
    """Writes the built-in rubric with some lines changed; returns the file's path."""
    text = machine.done("rubric", "show")

    def write(**lines):
        changed = [
            next((f"{key} = {value}" for key, value in lines.items() if line.startswith(f"{key} = ")), line)
            for line in text.splitlines()
        ]
        return machine.write("kota.toml", "\n".join(changed) + "\n")

    return write


def adopted(machine):
    return [(d["version"], d["who"]) for d in machine.json("rubric", "history", _SEMESTER, "--json")]


def test_looking_settles_nothing_and_a_publication_does(machine, rubric):
    path = rubric(version='"7"', places="2")
    for command in (
        ("rank",),
        ("shortlist",),
        ("awards",),
        ("report", "--out", "laporan"),
        ("site", "--out", "s"),
    ):
        name, *options = command
        done = machine.run(name, _SEMESTER, *options, DENYUT_RUBRIC=path)
        assert done.returncode == 0, done.stderr
        assert "From now on" not in done.stderr
    machine.done("vacuum", _SEMESTER)
    assert adopted(machine) == []
    # Whoever looked may still choose other rules, without a new version.
    other = rubric(version='"7"', places="1")
    over = {"DENYUT_NOW": "2026-07-05T10:00"}
    done = machine.run("publish", _SEMESTER, "--who", "Rina", **over, DENYUT_RUBRIC=other)
    assert done.returncode == 0, done.stderr
    assert f"{_SEMESTER} is judged by keaktifan 7" in done.stderr
    assert adopted(machine) == [("7", "denyut")]
    assert machine.done("rubric", "show", _SEMESTER) == (machine.folder / "kota.toml").read_text()
    again = machine.json("rank", _SEMESTER, "--json")
    assert again["rubric"]["version"] == "7"


def test_a_first_day_is_told_in_one_line_with_what_can_still_be_judged(machine):
    def say(semester, now):
        done = machine.run("rank", semester, DENYUT_NOW=now)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == 1
        return " ".join(done.stderr.split())

    assert say(_SEMESTER, "2026-02-02T21:00").startswith(
        f"Nothing is known of {_SEMESTER} yet. It can still be judged: of its 148 nights left no more than "
    )
    late = say(_SEMESTER, "2026-06-20T21:00")
    assert "its 10 nights left are fewer than the rubric wants known (75%)" in late
    assert "everybody from 2026-07-01 on" in late
    past = say("2025-S2", "2026-02-02T21:00")
    assert f"What can be judged is {_SEMESTER}" in past
    assert "denyut crawl --since 2025-07-01" in past
    assert machine.json("rank", _SEMESTER, "--json")["categories"]


def test_the_first_crawl_settles_the_rubric_that_the_city_has_chosen(machine, rubric, complaint):
    night = {"DENYUT_NOW": "2026-02-02T21:00"}
    machine.run("crawl", "--channel", "facebook", **night)
    assert adopted(machine) == []
    path = rubric(version='"7"', places="2")
    machine.run("crawl", "--channel", "facebook", **night, DENYUT_RUBRIC=path)
    assert adopted(machine) == [("7", "denyut")]
    path = rubric(version='"7"', places="1")
    line = complaint(machine.run("rank", _SEMESTER, DENYUT_RUBRIC=path), 2)
    assert "says 'places = 1' instead of 'places = 2'" in line


def test_a_rubric_that_cannot_be_used_costs_no_night(machine, rubric):
    done = machine.run("crawl", "--channel", "facebook", DENYUT_RUBRIC=rubric(vacuum_days="-1"))
    assert "vacuum_days" in done.stderr
    assert "facebook" in done.stdout


def test_a_rubric_changed_after_it_was_settled_is_refused(machine, rubric, complaint):
    machine.done("rubric", "adopt", rubric(), _SEMESTER, "--who", "Panitia")
    before = machine.dump()
    path = rubric(vacuum_days="80")
    number = (machine.folder / "kota.toml").read_text().splitlines().index("vacuum_days = 80") + 1
    for command in ("rank", "vacuum"):
        line = complaint(machine.run(command, _SEMESTER, "--rubric", path), 2)
        assert f"kota.toml, line {number}: says 'vacuum_days = 80' instead of 'vacuum_days = 90'" in line
        assert f"denyut rubric adopt kota.toml {_SEMESTER} --who NAME" in line
    line = complaint(machine.run("rubric", "adopt", path, _SEMESTER, "--who", "Budi"), 2)
    assert f"line {number}" in line
    path = rubric(vacuum_days="80", version='"8"')
    line = complaint(machine.run("rank", _SEMESTER, "--rubric", path), 2)
    assert f"denyut whatif {_SEMESTER}" in line
    assert "reason" in complaint(machine.run("rubric", "adopt", path, _SEMESTER, "--who", "Budi"), 2)
    assert machine.dump() == before


def test_a_new_version_with_its_reason_is_adopted_by_name(machine, rubric):
    machine.done("rubric", "adopt", rubric(), _SEMESTER, "--who", "Panitia")
    first = machine.json("rank", _SEMESTER, "--json")["rubric"]
    path = rubric(vacuum_days="80", version='"8"', reason='"Rapat 2 Maret."')
    said = machine.done("rubric", "adopt", path, _SEMESTER, "--who", "Ibu Rina")
    assert "Rapat 2 Maret." in said
    assert adopted(machine) == [(first["version"], "Panitia"), ("8", "Ibu Rina")]
    assert machine.json("rank", _SEMESTER, "--json")["rubric"]["version"] == "8"
    assert "already" in machine.done("rubric", "adopt", path, _SEMESTER, "--who", "Ibu Rina")
    assert len(adopted(machine)) == 2


def test_check_names_what_is_wrong_and_tells_what_is_right(machine, rubric, complaint):
    assert machine.json("rubric", "check", rubric(places="2"), "--json")["places"] == 2
    assert "frequency 40" in machine.done("rubric", "check", rubric())
    line = complaint(machine.run("rubric", "check", rubric(frequency="50")), 2)
    assert "weights add up to 110" in line


def test_rubrics_that_come_with_denyut(machine, complaint):
    assert machine.done("rubric", "show", "--shipped", "keaktifan") == machine.done("rubric", "show")
    assert "There are: " in complaint(machine.run("rubric", "show", "--shipped", "tiada"), 2)
    assert "Choose one" in complaint(machine.run("rubric", "show", _SEMESTER, "--shipped", "keaktifan"), 2)


def test_a_nameless_decision_is_refused(machine, rubric, complaint):
    assert "--who" in complaint(machine.run("rubric", "adopt", rubric(), _SEMESTER, "--who", " "), 2)
