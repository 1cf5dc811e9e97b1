"""Reading a folder of a Polis export, of either generation.

The column names of Polis live in this package and nowhere else. Its vote sign is an
explicit argument (``VoteSign``), never guessed.

Two generations are read: the report export (summary.csv, comments.csv, votes.csv,
participant-votes.csv; times in seconds) and the older zip (participants-votes.csv,
sometimes with an xid column; times in milliseconds; comments.csv with a datetime
column or, in 2023-24, with is-meta, is-seed and group-informed-consensus).

What real exports show, and what is therefore accepted:

- summary.csv may be absent (title, description and url are then empty), and so
  may votes.csv (the matrix is then the source, without times or earlier votes);
- bodies of statements run over several lines and end in a line break: kept as is;
- a statement on which nobody voted has no column in the matrix;
- an author may have no row in the matrix: organisers who never voted;
- votes.csv repeats a pair of participant and statement when a vote was changed
  or sent twice: the latest counts, the earlier ones are kept as superseded;
- agrees and disagrees in comments.csv count such events, or differ freely; they
  are evidence for the sign (`evidence.py`) and never a reason to refuse;
- lines may end in CR LF, and a byte order mark may come first.

Everything else is refused with a ``PolisFormatError`` that names the place. The
xid column, which ties votes to an outside panel, is never kept.
"""

from deliberation.formats.polis.errors import (
    PolisError,
    PolisFormatError,
    VoteSignError,
)
from deliberation.formats.polis.evidence import (
    AuthorTest,
    ListedCounts,
    SignCheck,
    SignVerdict,
    StatementTally,
    sign_check,
)
from deliberation.formats.polis.export import ImportedStatement, PolisExport
from deliberation.formats.polis.reading import read_export, read_participant_numbers
from deliberation.formats.polis.sign import VoteSign
from deliberation.formats.polis.votes import Votes

__all__ = [
    "AuthorTest",
    "ImportedStatement",
    "ListedCounts",
    "PolisError",
    "PolisExport",
    "PolisFormatError",
    "SignCheck",
    "SignVerdict",
    "StatementTally",
    "VoteSign",
    "VoteSignError",
    "Votes",
    "read_export",
    "read_participant_numbers",
    "sign_check",
]
