"""What a run comes to: what counts, what is good enough, and the page that tells it."""

from __future__ import annotations

from carebase.access.mutants import Mutant, Outcome, Report
from carebase.access.mutants.markdown import page


def mutant(name: str, *, equivalent: str = "") -> Mutant:
    says = f"Row level security of {name} is off."
    return Mutant(name, says, f"alter table {name} …", equivalent=equivalent, kind="rls-disabled")


def report(
    *, caught: int = 0, survived: int = 0, more: list[Outcome] | None = None, alarms: list[str] | None = None
) -> Report:
    outcomes = [Outcome(mutant(f"c{number}"), {"stories": "not ok 1"}) for number in range(caught)]
    outcomes += [Outcome(mutant(f"s{number}")) for number in range(survived)]
    outcomes += more or []
    return Report(
        outcomes,
        {"stories": alarms} if alarms else {},
        {"stories": "pgTAP stories"},
        {"Splinter": "the built database"},
        {"pgspot": "not installed"},
        (len(outcomes), 500),
    )


def test_ninety_five_of_a_hundred_are_enough_and_ninety_four_are_not() -> None:
    assert report(caught=95, survived=5).is_good
    assert not report(caught=94, survived=6).is_good


def test_a_false_alarm_is_a_failure_whatever_was_caught() -> None:
    assert not report(caught=100, alarms=["not ok 1"]).is_good


def test_a_fault_that_could_not_be_made_is_a_failure_and_counts_neither_way() -> None:
    found = report(caught=100, more=[Outcome(mutant("b"), broken="syntax error")])
    assert not found.is_good
    assert len(found.counted) == 100


def test_what_nobody_can_notice_counts_neither_way() -> None:
    found = report(caught=95, survived=5, more=[Outcome(mutant("e", equivalent="Nobody could tell."))])
    assert (found.is_good, len(found.counted), found.rate) == (True, 100, 0.95)


def test_an_excuse_that_a_defence_refutes_is_a_failure() -> None:
    excused = Outcome(mutant("e", equivalent="Nobody could tell."), {"proof": "a nurse reads it"})
    assert not report(caught=100, more=[excused]).is_good


def test_the_page_names_survivors_reasons_and_tools() -> None:
    excused = Outcome(mutant("e", equivalent="Nobody could tell."))
    noticed = Outcome(mutant("n"), {"stories": "not ok 2"}, {"Splinter": "rls_disabled: …"})
    text = page(report(caught=94, survived=5, more=[excused, noticed]))
    assert "**95 of 100 faults are caught, 95.0%**" in text
    assert "This is a sample: 101 of 500." in text
    assert "- `rls-disabled:s4`: Row level security of s4 is off." in text
    assert "- Nobody could tell.\n  - `rls-disabled:e`" in text
    assert "| Splinter | the built database | 1 (1.0%) | 100 |" in text
    assert "- pgspot did not run: not installed." in text
    assert "| rls-disabled | Row level security is off. | 95 | 100 |" in text


def test_the_page_shows_false_alarms_and_faults_that_were_none() -> None:
    broken = Outcome(mutant("b"), broken="syntax | error")
    text = page(report(caught=1, alarms=["not ok 1"], more=[broken]))
    assert "- false alarm of stories: not ok 1" in text
    assert "- could not be made: `rls-disabled:b`: syntax \\| error" in text
