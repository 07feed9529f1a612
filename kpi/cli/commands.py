"""All commands by name; the module of one is imported when it is called, so that none waits for what others need."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

_COMMANDS: Final = {
    "audit": "auditing:audit",
    "calendar": "counting:calendar",
    "check": "checking:check",
    "diff": "changing:diff",
    "evaluate": "evaluating:evaluate",
    "examples": "examples:examples",
    "explain": "evaluating:explain",
    "fmt": "authoring:fmt",
    "init": "starting:init",
    "list": "listing:list_entries",
    "lsp": "authoring:lsp",
    "records": "counting:records",
    "report": "reporting:report",
    "schema": "authoring:schema",
    "show": "listing:show",
    "sql": "counting:sql",
    "template": "template:template",
}


class Commands(click.Group):
    """The commands of the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click calls it
        """Every name."""
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as click calls it
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"kpi.cli.{module}"), name)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kpi", message="%(prog)s %(version)s")
def kpi() -> None:
    """Exact, explained verdicts on the KPIs of health insurers."""
