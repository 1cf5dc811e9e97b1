"""Pieces that are packed apart are one file, whatever they are."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation import packing


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=2000)), max_size=8))
def test_pieces_come_out_as_one(pieces):
    mixed = [
        packing.fresh(plain) if is_fresh else packing.packed(plain)
        for is_fresh, plain in pieces
    ]

    found = gzip.decompress(packing.gzipped(mixed))

    assert found == b"".join(plain for _is_fresh, plain in pieces)


@pytest.mark.parametrize("length", [0, 1, packing.WORTH_PACKING, 100_000])
def test_a_fresh_piece_of_any_length_comes_out(length):
    plain = b"ab" * (length // 2) + b"c" * (length % 2)

    assert gzip.decompress(packing.gzipped([packing.fresh(plain)])) == plain
