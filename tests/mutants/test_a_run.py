"""A run over a sample: the defences notice, without them everything survives, and a kill loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from carebase.access.mutants import Choice, Outcome, run
from carebase.access.mutants.copies import Copy, Nursery
from carebase.access.mutants.defences import Defence, Linters
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.run import Listener
from carebase.project import Project
from tests.commands import carebase

KIND = "view-as-owner"
# What the rules of the house alone decide; so nobody else is asked what the schema is like without fault.
OTHERS = ("rooms", "pgrls", "stories", "advisors", "proof", "http")
RULES_ONLY = tuple(word for name in OTHERS for word in ("--without", name))
QUICK = ("--only", KIND, *RULES_ONLY)


@pytest.fixture
def aside(project: Project, tmp_path: Path) -> Project:
    """The checkout with a state folder of the test's own."""
    return Project(project.root, tmp_path / "state")


def nobody(project: Project, linters: Linters) -> list[Defence]:
    return []


def command(state: Path, *words: str) -> subprocess.Popen[str]:
    """A run that can be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "carebase_cli", "access", "mutants", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CAREBASE_STATE": str(state)},
    )


def test_a_sample_is_noticed_and_the_schema_without_fault_is_not(aside: Project, built: Nursery) -> None:
    """One of four may get by: the whole run has to be better, and its page names who does.

    Those who are dear look at all the rest first and would take five minutes over the one.
    """
    found = run(aside, Choice(count=4, seed=1, without=("proof", "http")), built=built)
    assert found.false_alarms == {}
    assert found.chosen[0] == 4
    assert found.rate >= 0.75, [outcome.mutant.id for outcome in found.survivors]


def test_without_defences_everything_survives_and_is_heard_of(aside: Project, built: Nursery) -> None:
    class Heard(Listener):
        def __init__(self) -> None:
            self.outcomes: list[Outcome] = []

        def ends(self, outcome: Outcome) -> None:
            self.outcomes.append(outcome)

    heard = Heard()
    found = run(aside, Choice(count=5), listener=heard, make_defences=nobody, built=built)
    assert len(found.survivors) == len(found.counted) > 0
    assert not found.is_good
    assert {outcome.mutant.id for outcome in heard.outcomes} == {o.mutant.id for o in found.outcomes}


def test_what_is_found_without_fault_is_an_alarm_and_catches_nothing(aside: Project, built: Nursery) -> None:
    """Who is dear is asked only where nobody before it has caught the fault."""
    asked = []

    def nervous(is_dear: bool) -> Defence:
        name = "dear" if is_dear else "nervous"

        def always(copy: Copy, mutant: Mutant | None) -> list[str]:
            asked.append((name, mutant is not None))
            return ["there is something"]

        return Defence(name, "nothing in particular", always, is_dear=is_dear)

    def catches(copy: Copy, mutant: Mutant | None) -> list[str]:
        return [mutant.says] if mutant else []

    one = Choice(only=[KIND], count=1)
    found = run(aside, one, make_defences=lambda *_: [nervous(False), nervous(True)], built=built)
    assert found.false_alarms == {name: ["there is something"] for name in ("nervous", "dear")}
    assert len(found.survivors) == len(found.counted) == 1
    assert not found.is_good
    assert asked == [("nervous", False), ("nervous", True), ("dear", False), ("dear", True)]

    asked.clear()
    first = Defence("first", "everything", catches)
    found = run(aside, one, make_defences=lambda *_: [first, nervous(True)], built=built)
    assert (found.false_alarms, asked, found.is_good) == ({}, [], True)


def test_a_thorough_run_asks_everybody(aside: Project, built: Nursery) -> None:
    def two(project: Project, linters: Linters) -> list[Defence]:
        def finds(copy: Copy, mutant: Mutant | None) -> list[str]:
            return [mutant.says] if mutant else []

        return [Defence("one", "", finds), Defence("two", "", finds)]

    first = run(aside, Choice(only=[KIND], count=1), make_defences=two, built=built)
    both = run(aside, Choice(only=[KIND], count=1, is_thorough=True), make_defences=two, built=built)
    assert [sorted(outcome.caught) for outcome in (*first.outcomes, *both.outcomes)] == [
        ["one"],
        ["one", "two"],
    ]


def test_an_undefended_schema_has_survivors_and_ends_with_1(tmp_path: Path) -> None:
    """Nothing but rules of the house is left, and they cannot know that the refusal of a guard is gone."""
    sample = ("--only", "call-removed", "--sample", "2", "--seed", "1")
    ran = carebase(
        *("access", "mutants", "--json", *sample, *RULES_ONLY),
        env={"CAREBASE_STATE": str(tmp_path / "state")},
    )
    assert ran.returncode == 1, ran.stderr
    told = orjson.loads(ran.stdout)
    assert len(told["survivors"]) == told["counted"] - told["caught"] > 0
    assert "survived" in ran.stderr


def test_a_killed_run_goes_on_where_it_was(aside: Project) -> None:
    state = aside.state
    killed = command(state, *QUICK, "--jobs", "1")
    wait_for(lambda: len(lines(state)) >= 2)
    killed.kill()
    killed.communicate()
    known = len(lines(state))
    with next((state / "mutants").iterdir()).open("ab") as journal:
        journal.write(b'{"id": "rls-disabled:publ')  # the line that the kill cut short

    resumed = carebase(
        *("access", "mutants", "--json", *QUICK, "--resume"), env={"CAREBASE_STATE": str(state)}
    )
    assert resumed.returncode == 0, resumed.stderr
    assert f"{known} of them known" in resumed.stderr
    told = orjson.loads(resumed.stdout)
    assert told["caught"] == told["counted"] == told["chosen"] == told["of"]
    assert len({orjson.loads(line)["id"] for line in lines(state)}) == told["of"]


def test_without_resume_it_begins_anew(aside: Project, built: Nursery) -> None:
    class Heard(Listener):
        known = -1

        def begins(self, total: int, known: int) -> None:
            self.known = known

    for resume, known in ((False, 0), (True, 1), (False, 0)):
        heard = Heard()
        one = Choice(only=[KIND], count=1)
        run(aside, one, resume=resume, listener=heard, make_defences=nobody, built=built)
        assert heard.known == known


def test_an_interrupted_run_stops_at_once_and_keeps_what_it_has(aside: Project) -> None:
    interrupted = command(aside.state, *QUICK)
    wait_for(lambda: len(lines(aside.state)) >= 2)
    interrupted.send_signal(signal.SIGINT)
    _, errors = interrupted.communicate(timeout=60)
    assert interrupted.returncode == 130, errors
    assert "Traceback" not in errors
    assert lines(aside.state)


def test_a_fault_that_changes_nothing_is_told(
    aside: Project, built: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = Mutant("public.sites", "Nothing is wrong.", "select 1;", kind="idle")
    wrong = Mutant("public.sites", "Nothing is right.", "select 1 from nowhere;", kind="wrong")
    monkeypatch.setattr(sys.modules[run.__module__], "generate", lambda schema, only: [idle, wrong])
    found = run(aside, make_defences=nobody, built=built)
    assert [outcome.broken for outcome in found.outcomes] == [
        "its SQL changed nothing",
        'relation "nowhere" does not exist',
    ]
    assert found.counted == []
    assert not found.is_good


def lines(state: Path) -> list[bytes]:
    return [
        line
        for journal in (state / "mutants").glob("*.jsonl")
        for line in journal.read_bytes().splitlines()
        if line.endswith(b"}")
    ]


def wait_for(condition: object, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)
