"""The tree in docs/architecture.md is the tree on disk."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Every file of these is named; of tests, the folders.
NAMED = ("clustering", "deliberation", "templates", "static", "docs", "benchmarks")
MACHINE_MADE = re.compile(r"__pycache__|\.pyc$|/\.")


def files_on_disk() -> set[str]:
    found = {
        str(path.relative_to(ROOT))
        for folder in NAMED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    return {path for path in found if not MACHINE_MADE.search(path)}


def files_in_docs() -> set[str]:
    """Paths from the indented tree: a line that ends its name in "/" is a folder."""
    text = (ROOT / "docs/architecture.md").read_text()
    tree = text.split("## The tree", 1)[1].split("```")[1]
    folders: list[str] = []
    paths = set()
    for line in tree.strip().splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 4
        folders = folders[:depth]
        if name.endswith("/"):
            folders.append(name.rstrip("/"))
        else:
            paths.add("/".join([*folders, name]))
    return paths


def test_tree_in_docs_names_every_file_on_disk() -> None:
    documented = {path for path in files_in_docs() if path.split("/")[0] in NAMED}

    assert sorted(documented) == sorted(files_on_disk())


def test_top_level_holds_only_what_the_docs_name() -> None:
    documented = {path for path in files_in_docs() if "/" not in path}
    kept_out = {".gitignore", ".git"}

    on_disk = {path.name for path in ROOT.iterdir() if path.is_file()} - kept_out

    assert sorted(on_disk) == sorted(documented)


def test_files_stay_under_three_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for folder in ("clustering", "deliberation", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
        and (n := len(path.read_text().splitlines())) > 300
    }

    assert long == {}
