"""A command that also has subcommands: `denyut override 2026-S1 …` beside `denyut override list`."""

from typing import Any, ClassVar

from typer.core import TyperGroup

__all__ = ["DefaultGroup"]


class DefaultGroup(TyperGroup):
    """Takes whatever names none of its commands for the arguments of its command `default`."""

    default: ClassVar[str] = "add"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command's name where none stands."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default, *args]
        return super().parse_args(ctx, args)
