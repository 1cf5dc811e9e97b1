"""A small folder of a Polis export, to import and to break."""

from pathlib import Path

# An export of the newer kind: 0 is the organiser, who never votes; 3 changes her mind.
FILES = {
    "summary.csv": "topic,What about rivers?\nurl,https://example.org/1\n"
    'conversation-description,"We ask everyone."\n',
    "comments.csv": (
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1600000000,0,0,2,1,1,Clean the river.\n"
        '1600000060,1,1,1,0,0," Let it be,\nas it is. "\n'
        "1600000120,2,2,1,0,-1,Buy my boat!\n"
    ),
    "votes.csv": (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "1600000100,x,0,1,1\n"
        "1600000200,x,0,2,1\n"
        "1600000300,x,0,3,0\n"
        "1600000400,x,0,3,-1\n"
        "1600000500,x,1,1,1\n"
        "1600000600,x,2,2,1\n"
    ),
}


def write_export(folder: Path, **changed: str) -> Path:
    """The files, some with other content: comments="..." is comments.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = FILES | {f"{name}.csv": text for name, text in changed.items()}
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
