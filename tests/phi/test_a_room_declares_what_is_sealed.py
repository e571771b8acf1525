"""A nurse enters people whose names, birthdays and histories are sealed; who opens them says what for."""

from __future__ import annotations

import datetime
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carebase.phi import aead
from carebase.phi.aead import Context
from tests.phi.conftest import Clinic

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=60)


def test_a_plain_select_gives_ciphertext_and_opening_gives_the_value(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist", "1950-02-03", '{"falls": 2}')
    with clinic.acting("nadia") as conn:
        stored = conn.execute("select family_name, birth_date from public.sealed_people").fetchone()
    assert stored
    assert all(value[0] == 1 and b"Lindq" not in value for value in stored)
    assert clinic.opened("nadia", row_id) == [(row_id, "Lindqvist", datetime.date(1950, 2, 3), {"falls": 2})]


def test_who_may_not_read_the_column_gets_null_and_who_may_not_read_the_row_nothing(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    assert clinic.opened("sid", row_id) == [(row_id, "Lindqvist", datetime.date(1950, 2, 3), None)]
    assert clinic.opened("bill", row_id) == []
    assert clinic.opened("hana", row_id) == []
    with clinic.acting("bill") as conn:
        assert (
            conn.execute("select * from app.open_sealed_people(%s, 'payment')", [[row_id]]).fetchall() == []
        )


def test_one_event_per_call_names_purpose_subjects_and_versions_of_keys(clinic: Clinic) -> None:
    ids = [clinic.enter("nadia", name) for name in ("Ash", "Birch", "Cedar")]
    assert clinic.events() == []
    clinic.opened("sid", *ids, purpose="operations")
    [(org_id, table, purpose, _, changes)] = clinic.events()
    assert (org_id, table, purpose) == (clinic.org("nadia"), "public.sealed_people", "operations")
    assert changes["opened"] == 3
    assert [key["version"] for key in changes["keys"]] == [1]


def test_who_asks_for_what_they_do_not_see_is_told_of_in_their_own_organization(clinic: Clinic) -> None:
    ids = [clinic.enter("nadia", name) for name in ("Ash", "Birch")]
    assert clinic.opened("hana", *ids) == []
    [(org_id, table, purpose, subjects, changes)] = clinic.events()
    assert (org_id, table, purpose, subjects) == (
        clinic.org("hana"), "public.sealed_people", "treatment", None
    )  # fmt: skip
    assert (changes["refused"], set(changes["ids"])) == (2, {str(row_id) for row_id in ids})


def test_without_a_purpose_nothing_opens(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    with pytest.raises(psycopg.Error, match="invalid_input"), clinic.acting("nadia") as conn:
        conn.execute("select * from public.open_sealed_people(%s, null)", [[row_id]])


def test_it_is_found_by_its_whole_value_only(clinic: Clinic) -> None:
    wanted = clinic.enter("nadia", "Lind  Qvist")
    clinic.enter("nadia", "Lindqvist")
    clinic.enter("hana", "Lind Qvist")
    with clinic.acting("sid") as conn:
        find = "select id from public.find_sealed_people_by_family_name(%s, 'treatment')"
        assert conn.execute(find, [" lind qvist "]).fetchall() == [(wanted,)]
        assert conn.execute(find, ["Lind"]).fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select family_name_index from public.sealed_people")


def test_equal_names_of_two_organizations_have_different_indexes(clinic: Clinic) -> None:
    clinic.enter("nadia", "Lindqvist")
    clinic.enter("hana", "Lindqvist")
    clinic.enter("hana", "lindqvist")
    assert clinic.ask("select count(distinct family_name_index) from public.sealed_people") == 2


def test_an_update_seals_what_changed_and_keeps_the_rest(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    before = clinic.system.execute(
        "select birth_date, family_name_index from public.sealed_people"
    ).fetchone()
    with clinic.acting("nadia") as conn:
        conn.execute("update public.sealed_people set family_name = app.plain('Ek'::text)")
    after = clinic.system.execute("select birth_date, family_name_index from public.sealed_people").fetchone()
    assert before
    assert after
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert clinic.opened("nadia", row_id)[0][1] == "Ek"


def test_what_is_no_day_is_refused_without_repeating_it(clinic: Clinic) -> None:
    for value in ("1950-02-30", "yesterday", "1950-2-3", ""):
        with pytest.raises(psycopg.Error) as caught, clinic.acting("nadia") as conn:
            conn.execute(
                "insert into public.sealed_people (birth_date) values (app.plain(%s::text))", [value]
            )
        assert "invalid_input" in str(caught.value)
        assert not value or value not in str(caught.value)


def test_a_stored_ciphertext_that_somebody_writes_is_sealed_again(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    with clinic.acting("nadia") as conn, pytest.raises(psycopg.errors.CharacterNotInRepertoire):
        conn.execute("update public.sealed_people set family_name = birth_date")
    assert clinic.opened("nadia", row_id)[0][1] == "Lindqvist"


FLIP = "update public.sealed_people set {0} = set_bit({0}, {1}, 1 - get_bit({0}, {1}))"
MOVES = {
    "another column": "update public.sealed_people set family_name = birth_date",
    "another organization": "update public.sealed_people set org_id = %(harbor)s",
    "a flipped bit of the IV": FLIP.format("family_name", 140),
    "a flipped bit of the text": FLIP.format("family_name", 300),
    "a flipped bit of the tag": FLIP.format("family_name", 640),
}


def test_what_was_altered_or_moved_behind_our_back_does_not_open(clinic: Clinic) -> None:
    rows = {how: clinic.enter("nadia", "Lindqvist") for how in MOVES}
    clinic.enter("hana", "Other")
    clinic.ask("alter table public.sealed_people disable trigger user")
    for how, row_id in rows.items():
        clinic.system.execute(
            f"{MOVES[how]} where id = %(id)s".encode(), {"harbor": clinic.org("hana"), "id": row_id}
        )
        reader = "hana" if "organization" in how else "nadia"
        with pytest.raises(psycopg.errors.DataCorrupted) as caught:
            clinic.opened(reader, row_id)
        assert "Lindqvist" not in str(caught.value)


def test_a_flipped_bit_in_the_name_of_the_key_gives_nothing(clinic: Clinic) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    clinic.ask("alter table public.sealed_people disable trigger user")
    for bit in range(8, 136):
        clinic.system.execute(FLIP.format("family_name", bit).encode())
    assert clinic.opened("nadia", row_id)[0][1] is None


def test_a_row_stays_with_its_organization_and_person(clinic: Clinic) -> None:
    clinic.enter("nadia", "Lindqvist")
    with pytest.raises(psycopg.Error, match="conflict"):
        clinic.system.execute("update public.sealed_people set org_id = %s", [clinic.org("hana")])


def test_values_of_two_persons_do_not_change_places(clinic: Clinic) -> None:
    residents = [uuid4(), uuid4()]
    with clinic.acting("nadia") as conn:
        for number, resident in enumerate(residents):
            conn.execute(
                "insert into public.sealed_notes (resident_id, note) values (%s, app.plain(%s::text))",
                [resident, f"note {number}"],
            )
    with clinic.acting("nadia") as conn:
        opened = conn.execute(
            """select note from open_sealed_notes(array(select id from sealed_notes), 'treatment')
               order by note"""
        ).fetchall()
    assert opened == [("note 0",), ("note 1",)]
    assert sorted(clinic.events()[-1][3]) == sorted(residents)
    clinic.ask("alter table public.sealed_notes disable trigger user")
    clinic.system.execute(
        """update public.sealed_notes as mine set note = other.note
           from public.sealed_notes as other where other.id <> mine.id"""
    )
    with pytest.raises(psycopg.errors.DataCorrupted), clinic.acting("nadia") as conn:
        conn.execute("select * from open_sealed_notes(array(select id from sealed_notes), 'treatment')")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT)
def test_python_opens_what_was_stored_and_sql_what_python_stores(clinic: Clinic, text: str) -> None:
    row_id = clinic.enter("nadia", text)
    stored = clinic.ask("select family_name from public.sealed_people where id = %s", row_id)
    key_id = aead.key_id(stored)
    context = Context("public.sealed_people", "family_name", clinic.org("nadia"))
    key = clinic.data_key(key_id)
    assert aead.unseal(key, context, stored).decode() == text
    clinic.system.execute("alter table public.sealed_people disable trigger user")
    clinic.system.execute(
        "update public.sealed_people set family_name = %s where id = %s",
        [aead.seal(key, key_id, context, text[::-1].encode()), row_id],
    )
    clinic.system.execute("alter table public.sealed_people enable trigger user")
    assert clinic.opened("nadia", row_id)[0][1] == text[::-1]


def test_the_setting_that_keeps_the_key_gives_nothing_to_who_reads_it(clinic: Clinic) -> None:
    with clinic.acting("nadia") as conn:
        conn.execute("insert into public.sealed_people (family_name) values (app.plain('Ek'::text))")
        row = conn.execute("select current_setting('carebase.sealing_seal')").fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            conn.execute("select wrapped_key from app.data_keys")
    assert row
    key = clinic.data_key(clinic.ask("select id from app.data_keys where purpose = 'seal'"))
    kept = bytes.fromhex(row[0])
    assert len(kept) == 320
    assert key[:32] not in kept
    assert key[32:] not in kept
    # The right half alone would open ciphertext, so none of its blocks may be there either.
    assert all(key[start : start + 16] not in kept for start in range(0, 64, 16))
