"""The shell: ``snowball …``. Each command imports what it needs, so that help is quick."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters import backup_shell
from adapters.configuration import ConfigurationError, read_settings
from adapters.parts import Part

if TYPE_CHECKING:
    from adapters.house import House
    from adapters.terminal import Terminal
    from bot.importing import Preview

app = typer.Typer(
    name="snowball",
    help="Carries a student cohort through informational interviews, on Slack and Discord.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(help="Bring people in from files.", no_args_is_help=True)
app.add_typer(imports, name="import")
backup_shell.add_to(app)


def main() -> None:
    """What ``snowball`` runs: a mistake in the settings is a sentence, not a traceback."""
    try:
        app()
    except ConfigurationError as error:
        typer.echo(f"Snowball cannot start:\n{error}", err=True)
        sys.exit(2)


@app.command()
def run(
    only: Annotated[
        list[Part] | None,
        typer.Option(help="Only this part, beside other processes; may be repeated."),
    ] = None,
) -> None:
    """Serve the platforms whose tokens are set; without any, open the playground."""
    from adapters.compose import serve  # noqa: PLC0415
    from adapters.logs import set_up_logs  # noqa: PLC0415
    from adapters.memory import few_arenas  # noqa: PLC0415

    few_arenas()
    set_up_logs()
    asyncio.run(serve(read_settings(), typer.echo, only or ()))


@app.command()
def demo() -> None:
    """Open the playground with its demo cohort, whatever tokens are set."""
    from adapters.compose import serve  # noqa: PLC0415
    from adapters.logs import set_up_logs  # noqa: PLC0415
    from adapters.memory import few_arenas  # noqa: PLC0415
    from bot.settings import without_tokens  # noqa: PLC0415

    few_arenas()
    set_up_logs()
    asyncio.run(serve(without_tokens(read_settings()), typer.echo))


@app.command()
def say(
    words: Annotated[
        list[str] | None, typer.Argument(help="What to say; else lines of stdin.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    name: Annotated[str, typer.Option("--as", help="As whom; else the operator.")] = "",
    now: Annotated[
        str, typer.Option("--now", help="Fix the clock, such as 2026-11-23T09:00Z.")
    ] = "",
) -> None:
    """Run commands as a local member and print the replies."""
    from adapters.terminal import Terminal  # noqa: PLC0415

    house = _house(now)
    terminal = Terminal(house, name, as_json)
    terminal.open()
    lines = words if words else (line.rstrip("\n") for line in sys.stdin)
    try:
        asyncio.run(_say(house, terminal, [line for line in lines if line.strip()]))
    finally:
        house.stores.close()


async def _say(house: "House", terminal: "Terminal", lines: list[str]) -> None:
    from adapters.engines import make_engine  # noqa: PLC0415
    from adapters.terminal import TerminalWing  # noqa: PLC0415

    engine = make_engine(house, [TerminalWing(terminal)])
    await engine.tick()
    for line in lines:
        said = await asyncio.to_thread(terminal.run, line)
        if said:
            typer.echo(said)
        await engine.tick()
    await engine.stop()


def _house(now: str = "") -> "House":
    from adapters.compose import build  # noqa: PLC0415
    from adapters.logs import set_up_logs  # noqa: PLC0415
    from bot.clocks import fixed_at  # noqa: PLC0415

    set_up_logs()
    try:
        clock = fixed_at(now) if now else None
    except ValueError:
        raise ConfigurationError(f"--now {now}: I need a time such as 2026-11-23T09:00Z.") from None
    return build(read_settings(), clock)


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from adapters.compose import open_database  # noqa: PLC0415

    open_database(read_settings()).close()
    typer.echo("The database is up to date.")


AGREED = "Have all agreed to be listed? The file does not say. “No” keeps them hidden."


@imports.command("alumni")
def import_alumni(
    file: Annotated[Path, typer.Argument(help="A CSV file; only the name is required.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: all agreed.")] = False,
    hidden: Annotated[
        bool, typer.Option("--hidden", help="Hide those of whom the file does not say.")
    ] = False,
    cohort: backup_shell.WhichClass = None,
) -> None:
    """Import an alumni directory, after a preview."""
    from bot import importing  # noqa: PLC0415
    from bot.files.refused import FileRefused  # noqa: PLC0415

    if not file.is_file():
        typer.echo(f"There is no file {file}.", err=True)
        raise typer.Exit(2)
    house = _house()
    try:
        into = backup_shell.chosen_class(house.stores, cohort)
        with house.stores.reading(into.id) as store:
            seen = importing.preview(store, file.read_bytes(), house.clock.now(), agreed=not hidden)
        _tell(seen)
        if not (seen.plan.new or seen.plan.changed):
            return
        if not yes and not typer.confirm("Import them?"):
            typer.echo("Nothing was written.")
            return
        if seen.plan.unsaid and not (yes or hidden or typer.confirm(AGREED)):
            with house.stores.reading(into.id) as store:
                seen = importing.preview(store, file.read_bytes(), house.clock.now(), agreed=False)
        for new, changed in importing.batches(seen.plan):
            with house.stores.writing(into.id) as store:
                importing.carry_out(store, new, changed)
        typer.echo(f"Imported into {into.name}.")
    except FileRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from None
    finally:
        house.stores.close()


def _tell(seen: "Preview") -> None:
    from bot.commands.cohort import described  # noqa: PLC0415
    from bot.plaintext import plain  # noqa: PLC0415
    from bot.reply import Answer  # noqa: PLC0415

    typer.echo(plain(Answer(tuple(described(seen)))))


@app.command()
def manifest(
    platform: Annotated[str, typer.Argument(help="slack or discord")],
    public_url: Annotated[
        str, typer.Option(help="Your https address, for Slack over HTTP; else Socket Mode.")
    ] = "",
) -> None:
    """Print the app manifest (Slack) or the commands (Discord), made from the registry."""
    import json  # noqa: PLC0415

    from bot.command import registry  # noqa: PLC0415

    if platform == "slack":
        from adapters.slack.manifest import manifest as slack_manifest  # noqa: PLC0415

        made: object = slack_manifest(registry(), public_url)
    elif platform == "discord":
        from adapters.discord.commands import application_commands  # noqa: PLC0415

        made = application_commands(registry())
    else:
        typer.echo("I make manifests for slack and for discord.", err=True)
        raise typer.Exit(2)
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


@app.command()
def sync(platform: Annotated[str, typer.Argument(help="discord")]) -> None:
    """Register the commands with Discord. Needed once, and after an upgrade."""
    if platform != "discord":
        typer.echo("Only discord needs its commands registered; Slack has its manifest.", err=True)
        raise typer.Exit(2)
    from adapters.discord.sync import sync_commands  # noqa: PLC0415

    typer.echo(asyncio.run(sync_commands(read_settings())))
