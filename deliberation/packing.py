"""Answers packed piece by piece: what every visitor gets is packed once, and kept.

A gzip file is a row of blocks (RFC 1951, 1952). What is the same in every copy of a page
is packed beforehand, each piece so that it looks back at no other; what differs stands
between them as it is, or packed quickly where it is long. Packing a whole page for each
visitor would cost more than making it does.

Only for answers that hold no secret beside what a stranger can put in: see
docs/decisions/0010-the-short-way-of-a-vote.md.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

# No name, no time, any system.
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
# An empty last block.
END = b"\x03\x00"
# Shorter than this, packing gains nothing.
WORTH_PACKING = 300


@dataclass(frozen=True)
class Packed:
    """A piece as it is, and as a row of blocks that end on a whole byte."""

    plain: bytes
    blocks: bytes


def packed(plain: bytes, *, level: int = 9) -> Packed:
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    blocks = squeezer.compress(plain) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return Packed(plain, blocks)


def fresh(plain: bytes) -> Packed:
    """A piece that is different in every answer: packed quickly, or left as it is."""
    if len(plain) >= WORTH_PACKING:
        return packed(plain, level=1)
    length = len(plain)
    return Packed(plain, b"\x00" + struct.pack("<HH", length, length ^ 0xFFFF) + plain)


def gzipped(pieces: Iterable[Packed]) -> bytes:
    """One gzip file of all pieces, one after the other."""
    blocks, checksum, length = [HEAD], 0, 0
    for piece in pieces:
        blocks.append(piece.blocks)
        checksum = zlib.crc32(piece.plain, checksum)
        length += len(piece.plain)
    blocks += [END, struct.pack("<II", checksum, length & 0xFFFFFFFF)]
    return b"".join(blocks)
