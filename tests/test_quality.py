"""The rules of the repository, run with the tests: style, types, imports."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = {
    "style": ["ruff", "check", "rules", "enforcement", "tests", "benchmarks", "tools", "wsgi.py"],
    "format": ["ruff", "format", "--check", "rules", "enforcement", "tests", "benchmarks", "tools", "wsgi.py"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_tree_keeps_its_own_rules(check: str) -> None:
    command = [str(Path(sys.executable).parent / CHECKS[check][0]), *CHECKS[check][1:]]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_grows_past_three_hundred_and_twenty_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for package in ("rules", "enforcement")
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 320} == {}
