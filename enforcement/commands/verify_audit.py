"""``enforcement verify-audit``: whether the chain of audit entries is whole.

Exit status 0: whole. 1: broken, and the first entry that is wrong is named. 2: it could not be read.
"""

from __future__ import annotations

import re

import click

from enforcement.audit.queries import head
from enforcement.audit.queries import verify
from enforcement.commandline import Unusable
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show_json

_NOTED = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")


@click.command()
@click.option(
    "--noted", multiple=True, metavar="NUMBER:HASH", help="以前记下的条目哈希。 The hash of an entry as noted earlier."
)
@in_format
def command(noted: tuple[str, ...], format: str) -> None:
    """核验审计链：完整退出码 0，被改动退出码 1。 Check that nobody has touched the audit.

    \b
    例 Example:
        enforcement verify-audit
    """
    with opened():
        faults = verify(_noted(noted))
        entries, last = head()
    if format == "json":
        shown = [{"entry": fault.seq, "kind": fault.kind, "message": fault.message} for fault in faults]
        show_json({"whole": not faults, "entries": entries, "hash": last, "faults": shown})
    elif faults:
        click.echo(
            f"审计链已被破坏，首先出错的是第 {faults[0].seq} 条 / The audit chain is broken: {faults[0].message}"
        )
    else:
        click.echo(f"审计链完整：{entries} 条，末条哈希 {last} / The audit chain is whole: {entries} entries")
    raise SystemExit(1 if faults else 0)


def _noted(texts: tuple[str, ...]) -> dict[int, str]:
    noted = {}
    for text in texts:
        found = _NOTED.fullmatch(text.strip().lower())
        if found is None:
            raise Unusable(f"应为 序号:哈希 / expected NUMBER:HASH: {text}")
        noted[int(found[1])] = found[2]
    return noted
