"""A long table is sent in several statements, each of whole rows, and arrives the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.tenants import copying
from tests.tenants.conftest import LAKESIDE, Move


@given(
    blocks=st.lists(st.binary(min_size=1, max_size=30).map(lambda block: block.replace(b"a", b"\n"))),
    size=st.integers(1, 60),
)
def test_any_blocks(blocks: list[bytes], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "_PIECE", size)
        pieces = [b"".join(piece) for piece in copying._pieces(blocks)]
    assert b"".join(pieces) == b"".join(blocks)
    assert all(piece.endswith(b"\n") for piece in pieces[:-1])
    assert all(pieces)


def test_a_move_in_many_pieces(arrival: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    path = arrival.export()
    monkeypatch.setattr(copying, "_PIECE", 700)
    arrival.load(path)
    org = arrival.source.org(LAKESIDE)
    for table in ("public.encounters", "public.provider_daily_checkins"):
        assert arrival.target.of(org)[table] == arrival.source.of(org)[table]
