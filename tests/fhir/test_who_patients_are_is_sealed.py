"""What an import says of who patients are is never stored in clear; what is stored is opened to compare."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from carebase.fhir import Counts, ImportReport
from carebase.fhir.runkey import CONTEXT, RunKey
from carebase.phi import aead, keys
from carebase.problems import DatabaseProblem
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox
from tests.sealed import opened

Codes = Callable[[ImportReport], list[tuple[str | None, str]]]

RECORD = {"type": {"coding": [{"code": "MR"}]}, "value": "MR-1"}


def test_each_is_sealed_with_a_key_of_their_own(clinic: Clinic, inbox: Inbox) -> None:
    clinic.load(inbox.lines([people.patient("a", identifier=[RECORD]), people.patient("b")]))
    found = clinic.rows(
        "select substr(family_name, 2, 16) as key, app.is_sealed(birth_date) from public.patients"
    )
    assert len({row["key"] for row in found}) == 2
    assert all(row["is_sealed"] for row in found)
    assert clinic.row(
        "select count(*) from public.org_patients where app.is_sealed(medical_record_number)"
    ) == {"count": 1}


def test_batches_are_merged_like_one(clinic: Clinic, inbox: Inbox) -> None:
    def export(changed: int | None = None) -> list[people.Resource]:
        numbers = (people.patient(f"p{n}", gender="male" if n == changed else "female") for n in range(2_010))
        return [*numbers, people.encounter(of="Patient/p2009")]

    first = clinic.load(inbox.lines(export()))
    assert (first.counts["Patient"], first.counts["Encounter"]) == (
        Counts(inserted=2_010),
        Counts(inserted=1),
    )
    again = clinic.load(inbox.lines(export(changed=1_500)))
    assert again.counts["Patient"] == Counts(updated=1, unchanged=2_009)
    assert clinic.row(
        f"select count(*) from public.patients where {opened('gender')} = 'male' and version = 2"
    ) == {"count": 1}


def test_after_keys_were_replaced_nothing_has_changed(own_clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([people.patient("a", identifier=[RECORD]), people.patient("b")])
    own_clinic.load(path)
    keys.rotate(own_clinic.url)
    assert own_clinic.load(path).counts["Patient"] == Counts(unchanged=2)
    keys.reseal(own_clinic.url)
    before = own_clinic.contents()
    assert own_clinic.load(path).counts["Patient"] == Counts(unchanged=2)
    assert own_clinic.contents() == before


def test_whose_key_was_destroyed_is_not_brought_back(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    path = inbox.lines([people.patient("a", name=[]), people.patient("b")])
    clinic.load(path)
    keys.destroy(
        clinic.url, None, clinic.row("select id from public.patients where family_name is null")["id"]
    )
    before = clinic.contents()
    report = clinic.load(inbox.lines([people.patient("a"), people.patient("b")]))
    assert codes(report) == [("a", "erased")]
    assert report.counts["Patient"] == Counts(unchanged=2)
    assert clinic.contents() == before


def test_what_was_altered_behind_our_back_ends_the_import(own_clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.single(people.patient())
    own_clinic.load(path)
    own_clinic.execute("alter table public.patients disable trigger user")
    own_clinic.execute(
        "update public.patients set family_name = set_bit(family_name, 300, 1 - get_bit(family_name, 300))"
    )
    with pytest.raises(DatabaseProblem) as caught:
        own_clinic.load(path)
    assert "XX001" in str(caught.value)


def test_nothing_of_them_is_staged_in_clear(clinic: Clinic) -> None:
    """A temporary table is a file, too."""
    key = RunKey()
    sealed = key.seal(b'{"family_name": "Sampleton"}')
    assert b"Sampleton" not in sealed
    assert key.seal(b"same") != key.seal(b"same")
    with psycopg.connect(clinic.url) as conn:
        row = conn.execute(
            "select app.aead_open(app.aead_schedule(%s), %s, %s)", [key.key, CONTEXT, sealed]
        ).fetchone()
    assert row == (b'{"family_name": "Sampleton"}',)
    with pytest.raises(aead.NotAuthentic):
        aead.decrypt(RunKey().key, sealed[:16], sealed[16:], CONTEXT)
