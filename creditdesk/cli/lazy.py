"""Groups of commands that import the module of a command when it is asked for: no command waits for the others."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_group

if TYPE_CHECKING:
    from typer._click import Command, Context


class LazyGroup(TyperGroup):
    """A group that knows of each command only where it is: `module:attribute`, a function or a `Typer`."""

    places: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: "Context") -> list[str]:
        """The commands of the group's own module, then the others, in the order they are named."""
        return [*super().list_commands(ctx), *self.places]

    def invoke(self, ctx: "Context") -> object:
        """Run the command. A question that was broken off (Ctrl-C, the end of the input) breaks it off.

        Left to typer it would end in its own English word, and in the status of a refusal.
        """
        try:
            return super().invoke(ctx)
        except (typer.Abort, EOFError) as error:
            raise KeyboardInterrupt from error

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """The command, imported; None where there is none of that name."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.places[cmd_name].partition(":")
        found = getattr(import_module(module), attribute)
        alone = typer.Typer(rich_markup_mode=None)
        if isinstance(found, typer.Typer):
            alone.add_typer(found, name=cmd_name)
        else:
            alone.command(cmd_name)(found)
        return get_group(alone).commands[cmd_name]


def group_of(places: Mapping[str, str]) -> type[LazyGroup]:
    """The class of a group with these commands."""
    return type("Group", (LazyGroup,), {"places": places})
