"""Names in Python are the names of the database, readable and free."""

from __future__ import annotations

import keyword
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import create_model

from carebase.records import Arguments, Row
from carebase.types.names import class_name, field_name, row_class_name


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("provider_daily_checkins", "ProviderDailyCheckin"),
        ("organizations", "Organization"),
        ("properties", "Property"),
        ("houses", "House"),
        ("nurses", "Nurse"),
        ("leases", "Lease"),
        ("addresses", "Address"),
        ("boxes", "Box"),
        ("statuses", "Status"),
        ("bonuses", "Bonus"),
        ("clauses", "Clause"),
        ("branches", "Branch"),
        ("diagnoses", "Diagnosis"),
        ("appointment_series", "AppointmentSeries"),
        ("people", "Person"),
        ("progress", "Progress"),
        ("staff", "Staff"),
        ("analysis", "Analysis"),
        ("uses", "Use"),
        ("ties", "Tie"),
    ],
)
def test_tables_are_plural_and_a_row_is_one(table: str, row: str) -> None:
    assert row_class_name(table) == row


def test_classes_are_in_camel_case() -> None:
    assert class_name("work_setting") == "WorkSetting"
    assert class_name("phq9_answers") == "Phq9Answers"


@given(
    st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]{0,20}", fullmatch=True)
    | st.sampled_from([*keyword.kwlist, *dir(Row)])
)
def test_any_column_can_be_a_field(column: str) -> None:
    field = field_name(column)
    assert field.isidentifier()
    assert not keyword.iskeyword(field)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # pydantic warns of a field that hides something of its own
        for base in (Row, Arguments):
            model = create_model("Made", __base__=base, **{field: (int, ...)})  # type: ignore[call-overload]
            assert list(model.model_fields) == [field]
