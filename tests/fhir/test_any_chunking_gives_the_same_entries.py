"""The entries of a Bundle are the same, whatever it holds and however it is cut into chunks."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.fhir import splitting
from carebase.fhir.splitting import EntrySplitter

TEXT = st.text(alphabet=st.sampled_from('ab"\\/{}[]:,entry é\n\u2028'), max_size=12)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
ENTRIES = st.lists(st.dictionaries(TEXT, VALUE, max_size=4), max_size=6)
BUNDLE = st.fixed_dictionaries(
    {"resourceType": st.just("Bundle"), "meta": VALUE, "entry": ENTRIES, "link": VALUE},
    optional={"type": TEXT},
)


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@given(BUNDLE, st.integers(1, 60), st.sampled_from([None, 1]), st.booleans())
def test_entries_are_those_of_the_json_library(
    bundle: dict[str, object], size: int, indent: int | None, is_ascii: bool
) -> None:
    data = json.dumps(bundle, indent=indent, ensure_ascii=is_ascii).encode()
    splitter = EntrySplitter(chunks(data, size), limit=1 << 20)
    assert [json.loads(entry.text or b"") for entry in splitter] == bundle["entry"]
    assert splitter.is_whole
    assert splitter.resource_type == "Bundle"


@given(BUNDLE, st.integers(1, 60), st.data())
def test_a_cut_document_is_never_whole(bundle: dict[str, object], size: int, data: st.DataObject) -> None:
    document = json.dumps(bundle).encode()
    cut = data.draw(st.integers(0, len(document) - 1))
    splitter = EntrySplitter(chunks(document[:cut], size), limit=1 << 20)
    whole = [json.loads(entry.text or b"") for entry in splitter]
    assert whole == bundle["entry"][: len(whole)]  # type: ignore[index]
    assert not splitter.is_whole


@given(st.binary(max_size=200), st.integers(1, 60))
def test_any_bytes_are_survived(data: bytes, size: int) -> None:
    splitter = EntrySplitter(chunks(data, size), limit=50)
    assert all(entry.text is None or len(entry.text) <= 50 for entry in splitter)


@pytest.mark.parametrize("size", [1, 7, 100, 100_000])
def test_a_long_string_is_passed_over_and_its_entry_given_up(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "_LONGEST_REREAD", 64)
    long = '\\"} ] \\\\' * 100
    entries = f'[{{"a": 1}}, {{"b": "{long}"}}, {{"c": "{long[:16]}"}}]'
    data = f'{{"resourceType": "Bundle", "entry": {entries}}}'.encode()
    splitter = EntrySplitter(chunks(data, size), limit=100)
    found = [(entry.position, entry.text) for entry in splitter]
    assert found == [(0, b'{"a": 1}'), (1, None), (2, f'{{"c": "{long[:16]}"}}'.encode())]
    assert splitter.is_whole


def test_two_documents_are_not_one() -> None:
    splitter = EntrySplitter([b'{"entry": [{}]} {"entry": [{}]}'], limit=100)
    assert len(list(splitter)) == 2
    assert not splitter.is_whole
