"""Has this been said already? Statements that say nearly what a text says.

Somebody who writes is shown up to three statements to vote on instead. Nothing is
merged, refused or hidden by what is found here: a person decides.

How to use it:

1. When a statement is written or changed, store ``fingerprint(text, language)``: its
   four fields are text, text, text and bytes. Make it anew where the stored
   ``version`` is not ``VERSION``; an index leaves such statements out.
2. ``Index(pairs)`` of a conversation's (key, fingerprint), the one to be offered
   first among equal ones first. It takes some tens of milliseconds for 5,000, and
   may be kept until the statements change.
3. ``index.similar(text, language)`` while somebody types.

``comparison.compare(pairs)`` is for the worker: all statements with each other, in
groups. It is imported by name, since it brings scipy.

The first fingerprint of a process loads a language model (about a second, 130 MB);
``warm()`` loads it beforehand. Nothing heavy is imported until then. Where the model
is missing, fingerprints have no vector and words alone are compared.

No database and no Django here.
"""

from deliberation.similarity.fingerprints import (
    COMPARISON,
    VERSION,
    Fingerprint,
    fingerprint,
    fingerprints,
    warm,
)
from deliberation.similarity.index import Index, Kind, Match

__all__ = [
    "COMPARISON",
    "VERSION",
    "Fingerprint",
    "Index",
    "Kind",
    "Match",
    "fingerprint",
    "fingerprints",
    "warm",
]
