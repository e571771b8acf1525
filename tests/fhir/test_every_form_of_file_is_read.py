"""Single resources, Bundles and ndjson, in files and folders; damage is reported, and the rest is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import pytest

from carebase.fhir import documents, reading
from carebase.fhir.log import ImportLog
from carebase.fhir.reading import Reader
from carebase.fhir.report import ImportReport
from carebase.fhir.sources import check_paths, find_sources
from carebase.imports.findings import Findings
from carebase.problems import UsageProblem
from tests.fhir import people
from tests.fhir.conftest import Inbox

BOM = b"\xef\xbb\xbf"


def read(*paths: Path) -> tuple[list[str | None], list[tuple[str, str]], ImportReport]:
    """Ids of the resources read, places and codes of the refusals."""
    report = ImportReport("lakeside", False, Findings())
    found = Reader(ImportLog(report), lambda size: None).read(find_sources(paths))
    ids = [resource.body.get("id", resource.full_url) for resource in found]
    return ids, [(finding.place, finding.code) for finding in report.findings], report


def patients(*keys: str) -> list[people.Resource]:
    return [people.patient(key) for key in keys]


def entries(resources: Iterable[people.Resource]) -> list[people.Resource]:
    return [{"resource": resource} for resource in resources]


def test_a_broken_line_costs_one_resource(inbox: Inbox) -> None:
    lines = [orjson.dumps(each) for each in patients("a", "b", "c")]
    path = inbox.put("broken.ndjson", b"\n".join([lines[0], lines[1][:-9], b"", b'"text"', lines[2]]))
    ids, refused, report = read(path)
    assert ids == ["a", "c"]
    assert refused == [("line 2", "not_json"), ("line 4", "not_fhir")]
    assert report.unreadable == 2


def test_ndjson_is_known_by_its_content(inbox: Inbox) -> None:
    path = inbox.lines(patients("a", "b"), "export.json")
    assert read(path)[0] == ["a", "b"]
    assert read(inbox.put("windows.ndjson", path.read_bytes().replace(b"\n", b"\r\n")))[0] == ["a", "b"]


def test_a_bundle_may_be_a_line(inbox: Inbox) -> None:
    bundle = {"resourceType": "Bundle", "entry": entries(patients("a", "b"))}
    ids, refused, _ = read(inbox.lines([bundle, {"resourceType": "Bundle", "entry": [7]}]))
    assert ids == ["a", "b"]
    assert refused == [("line 2 entry[0]", "not_fhir")]


def test_a_byte_order_mark_is_passed_over(inbox: Inbox) -> None:
    assert read(inbox.put("marked.json", BOM + orjson.dumps(people.patient("a"))))[0] == ["a"]


def test_a_bundle_of_bundles_is_read_one_level_deep(inbox: Inbox) -> None:
    inner = {"resourceType": "Bundle", "entry": entries([people.patient("a"), {"resourceType": "Bundle"}])}
    ids, refused, _ = read(inbox.bundle(entries([inner, people.patient("b")])))
    assert ids == ["a", "b"]
    assert refused == [("entry[0] entry[1]", "too_deep")]


def test_other_types_are_counted_and_passed_over(inbox: Inbox) -> None:
    observation = {"resourceType": "Observation", "id": "o"}
    containing = {**observation, "contained": [people.patient("inside")]}
    strange = {"resourceType": "<script>"}
    ids, refused, report = read(inbox.lines([observation, containing, strange, people.patient("a")]))
    assert ids == ["a"]
    assert refused == []
    assert report.ignored == {"Observation": 2, "other": 1}


def test_folders_are_searched(inbox: Inbox) -> None:
    inbox.single(people.patient("b"), "sub folder/deep/b.JSON")
    inbox.lines(patients("a"), "a.jsonl")
    inbox.put("notes.txt", b"not FHIR")
    (inbox.folder / "loop").symlink_to(inbox.folder)
    (inbox.folder / "gone.json").symlink_to(inbox.folder / "nowhere")
    ids, refused, report = read(inbox.folder)
    assert ids == ["a", "b"]
    assert refused == [("", "file_unreadable")]
    assert report.unreadable == 1


def test_a_file_that_is_named_is_read_whatever_its_name(inbox: Inbox) -> None:
    assert read(inbox.single(people.patient("a"), "resource.txt"))[0] == ["a"]


@pytest.mark.parametrize("name", ["new\nline.json", "\x1b[31mred.json", os.fsdecode(b"caf\xe9.json")])
def test_any_file_name_can_be_reported(inbox: Inbox, name: str) -> None:
    _, _, report = read(inbox.put(name, b"{"))
    (finding,) = report.findings
    assert finding.file.isprintable()
    assert finding.file.endswith(".json")


def test_paths_that_lead_nowhere_are_refused(inbox: Inbox) -> None:
    with pytest.raises(UsageProblem, match="There is no file or folder"):
        check_paths([inbox.folder / "nowhere"])
    with pytest.raises(UsageProblem, match="neither a file nor a folder"):
        check_paths([Path(os.devnull)])


class TestLargeFiles:
    """Files of more than a chunk are not parsed as a whole; here a chunk is small."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "_CHUNK", 256)
        for module in (reading, documents):
            monkeypatch.setattr(module, "LARGEST_RESOURCE", 2000)

    def test_a_bundle_is_read_entry_by_entry(self, inbox: Inbox) -> None:
        observation = {"resourceType": "Observation", "note": "x" * 300}
        bundle: list[Any] = [*entries([*patients("a", "b"), observation]), 5, *entries(patients("c"))]
        ids, refused, report = read(inbox.bundle(bundle))
        assert ids == ["a", "b", "c"]
        assert refused == []
        assert report.ignored == {"Observation": 1}

    def test_an_entry_that_is_too_large_is_passed_over(self, inbox: Inbox) -> None:
        large = people.patient("large", photo=[{"data": "A" * 3000}])
        ids, refused, _ = read(inbox.bundle(entries([people.patient("a"), large, people.patient("b")])))
        assert ids == ["a", "b"]
        assert refused == [("entry[1]", "too_large")]

    def test_a_line_that_is_too_large_is_passed_over(self, inbox: Inbox) -> None:
        large = people.patient("large", photo=[{"data": "A" * 3000}])
        ids, refused, _ = read(inbox.lines([people.patient("a"), large, people.patient("b")]))
        assert ids == ["a", "b"]
        assert refused == [("line 2", "too_large")]

    def test_a_broken_entry_costs_one_resource(self, inbox: Inbox) -> None:
        path = inbox.bundle(entries(patients("a", "b", "c")))
        path.write_bytes(path.read_bytes().replace(b'"id":"b"', b'"id":nil'))
        assert read(path)[:2] == (["a", "c"], [("entry[1]", "not_json")])

    def test_a_truncated_bundle_is_read_up_to_the_damage(self, inbox: Inbox) -> None:
        path = inbox.bundle(entries(patients("a", "b", "c")))
        path.write_bytes(path.read_bytes()[:-60])
        assert read(path)[:2] == (["a", "b"], [("", "not_json")])

    def test_a_single_resource_is_read_whole(self, inbox: Inbox) -> None:
        assert read(inbox.single(people.patient("a", text={"div": "x" * 1000})))[0] == ["a"]
        assert read(inbox.single(people.patient("a", text={"div": "x" * 2000})))[1] == [("", "too_large")]

    def test_a_single_resource_of_another_type_is_passed_over(self, inbox: Inbox) -> None:
        _, refused, report = read(inbox.single({"resourceType": "Binary", "data": "x" * 3000}))
        assert refused == []
        assert report.ignored == {"Binary": 1}


def test_a_resource_of_too_many_values_is_refused(inbox: Inbox) -> None:
    path = inbox.put("many.json", b'{"resourceType": "Patient", "x": [' + b"{}," * 600_000 + b"{}]}")
    assert read(path)[1] == [("", "too_complex")]
    assert read(inbox.put("deep.json", b'{"resourceType":' + b"[" * 3000 + b"]" * 3000 + b"}"))[1] == [
        ("", "too_deep")
    ]
