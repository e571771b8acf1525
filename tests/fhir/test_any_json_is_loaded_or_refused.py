"""Whatever JSON stands where a resource should becomes a row or a refusal, and no value of it gets out."""

from __future__ import annotations

import copy
import json
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from carebase.fhir.log import ImportLog, Where
from carebase.fhir.reading import Reader, Resource
from carebase.fhir.report import ImportReport
from carebase.fhir.runkey import RunKey
from carebase.fhir.sources import Source
from carebase.fhir.staging import StagedRow, Stager
from carebase.fhir.validation import Validation
from carebase.imports.findings import Findings
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
RESOURCES = [*people.everything(), people.patient(deceasedDateTime="2020-01-01", identifier=[{"value": "7"}])]
TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON value."""
    children: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(found for key, child in children for found in paths(child, (*path, key)))]


def with_value(body: dict[str, Any], path: tuple[str | int, ...], value: Any) -> Any:
    """The resource with something else in one place."""
    if not path:
        return value
    changed: Any = copy.deepcopy(body)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


def stage(body: dict[str, Any], validation: Validation = "fields") -> tuple[StagedRow | None, ImportReport]:
    report = ImportReport("lakeside", False, Findings())
    resource = Resource(Where("file.json"), str(body["resourceType"]), body)
    return Stager(ImportLog(report), validation, RunKey()).row(resource), report


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    body = draw(st.sampled_from(RESOURCES))
    path = draw(st.sampled_from([path for path in paths(body) if path and path[0] != "resourceType"]))
    changed: dict[str, Any] = with_value(body, path, draw(JSON))
    return changed


@pytest.mark.parametrize("validation", ["fields", "full"])
@given(body=damaged())
@settings(max_examples=300, deadline=None)
def test_a_damaged_resource_becomes_a_row_or_a_refusal(body: dict[str, Any], validation: Validation) -> None:
    row, report = stage(body, validation)
    assert (row is None) == (report.findings.refused == 1)
    if row:
        assert not any("\x00" in text for text in row if isinstance(text, str))
        assert isinstance(orjson.loads(row[8]), dict)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["resourceType"])
def test_no_value_gets_into_a_refusal(resource: dict[str, Any]) -> None:
    canary = "Zebulon\x01Quux"
    refused = 0
    for path in paths(resource):
        if not path or path[0] == "resourceType":
            continue
        for value in (canary, [canary], {canary: canary}, [{canary: canary}], {"reference": canary}):
            for validation in ("fields", "full"):
                _, report = stage(with_value(resource, path, value), validation)
                refused += report.findings.refused
                assert "Zebulon" not in str([list(report.findings), report.summary()])
    assert refused > 10


@given(content=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
@example(content=b"")
@example(content=b"\xef\xbb\xbf{}")
@example(content=b"[" * 5000)
@example(content=b'{"resourceType": "Bundle", "entry": 5}')
@example(
    content=b'{"resourceType": "Bundle", "entry": [5, {"resource": 5}, {"resource": {"resourceType": []}}]}'
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_to_its_end(inbox: Inbox, content: bytes) -> None:
    for name in ("any.json", "any.ndjson"):
        path = inbox.put(name, content)
        report = ImportReport("lakeside", False, Findings())
        read = list(Reader(ImportLog(report), lambda size: None).read([Source(str(path), len(content))]))
        outcome = len(read) + report.findings.refused + sum(report.ignored.values())
        is_blank = name == "any.ndjson" and not content.strip()
        is_empty_bundle = b"Bundle" in content
        assert outcome or is_blank or is_empty_bundle


@given(names=st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3), TEXT), min_size=15, max_size=25))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_accepted_is_accepted_by_the_database(
    clinic: Clinic, inbox: Inbox, names: list[tuple[str, list[str], str]]
) -> None:
    resources = [
        build(f"{build.__name__}{number}", name=[{"family": family, "given": given, "text": text}])
        for number, (family, given, text) in enumerate(names)
        for build in (people.patient, people.practitioner)
    ]
    report = clinic.load(inbox.lines(resources), dry_run=True)
    assert sum(counts.inserted for counts in report.counts.values()) + report.refused == len(resources)


@pytest.mark.parametrize(
    "period",
    [
        {"start": "0001-01-01T00:00:00+14:59", "end": "9999-12-31T23:59:59.999999999999-14:59"},
        {"start": "0001", "end": "9999"},
        {"start": "2024-02-01T00:00:00.1234567890123Z"},
        {"end": "9999-12-31"},
    ],
)
def test_the_ends_of_the_calendar_are_accepted_by_the_database(
    clinic: Clinic, inbox: Inbox, period: dict[str, str]
) -> None:
    died = {"deceasedDateTime": moment} if "T" in (moment := period.get("start", "")) else {}
    path = inbox.lines([people.patient(**died), people.encounter(period=period)])
    report = clinic.load(path)
    assert (report.counts["Encounter"].inserted, report.refused) == (1, 0)
    assert clinic.load(path).counts["Patient"].unchanged == 1
