"""`make test`: every check, every test; all run, and the end says what failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import services

BIN = Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q"]
# One worker a core; the engine is the same on any database.
PARALLEL = ["-n", "2", "--dist", "loadfile"]
ON_THE_DATABASE = ["tests/deliberation", "tests/contracts"]
# Of files and of words: the same whatever the database.
OF_NONE = [
    f"--ignore=tests/contracts/test_{name}.py"
    for name in (
        "architecture",
        "docs",
        "languages",
        "lock",
        "scripts",
        "templates",
        "translations",
    )
]

CHECKS = {
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "templates": [BIN / "djlint", "--lint", "--quiet", "templates"],
    "types": [BIN / "mypy"],
    "floors": [BIN / "lint-imports"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "tests on SQLite": [*PYTEST, *PARALLEL, "--ignore=tests/journeys"],
    "tests on PostgreSQL": [*PYTEST, *PARALLEL, *ON_THE_DATABASE, *OF_NONE],
    # They measure time: one after the other.
    "journeys": [*PYTEST, "tests/journeys"],
}


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is a program


def main() -> int:
    missing = services.missing()
    for name, variable in missing.items():
        outcome = "REQUIRE_ALL=1 FAILS" if services.ALL_REQUIRED else "SKIPPED"
        say(
            f"!!! {name} IS MISSING, ITS TESTS ARE {outcome} ({variable} names another)"
        )
    if missing and services.ALL_REQUIRED:
        return 1
    checks = dict(CHECKS)
    if not (services.has_postgresql() and services.has_redis()):
        del checks["tests on PostgreSQL"]
    failed = [name for name, command in checks.items() if not passes(name, command)]
    say(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll is well.")
    return 1 if failed else 0


def passes(name: str, command: list[str | Path]) -> bool:
    say(f"\n=== {name}")
    started = time.monotonic()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["TESTS_ON"] = "postgresql" if "PostgreSQL" in name else "sqlite"
    ended = subprocess.run(command, env=environment)
    say(f"=== {name}: {time.monotonic() - started:.0f} s")
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
