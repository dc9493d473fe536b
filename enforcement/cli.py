"""The command line ``enforcement``: a thin group that imports a command only when it runs.

A file check answers in less than half a second because nothing of the web service, the store or the scheduler is imported
for it::

    $ enforcement check cases.xlsx --as-of 2026-11-24
    $ enforcement verify-audit        # the attribute `command` of enforcement/commands/verify_audit.py
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click

from enforcement import commands


class LazyGroup(click.Group):
    """A group whose commands are the modules of a package, found by file name and imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, without importing any."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the module of a command and give its ``command``; None when there is no such module."""
        if name not in self.list_commands(ctx):
            return None
        found = import_module(f"{commands.__name__}.{name.replace('-', '_')}").command
        assert isinstance(found, click.Command), f"{name}: `command` is not a click command"
        return found


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="每个命令的用法：enforcement 命令 -h。/ How to use a command: enforcement COMMAND -h.",
)
@click.version_option(package_name="enforcement-ledger", prog_name="Enforcement Ledger 执法台账")
def cli() -> None:
    """执法台账：街道行政处罚、行政强制、行政检查的记录与合规检查。

    Case log and compliance checker for penalties, coercive measures and inspections.
    """


def main() -> None:
    """Entry point of the command ``enforcement``."""
    cli(prog_name="enforcement")
