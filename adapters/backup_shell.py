"""``snowball backup | restore | doctor | export``: what looks after a deployment."""

from pathlib import Path
from typing import Annotated

import typer

from adapters.configuration import read_settings

SINCE_THEN = (
    "Everything since that backup will be gone from Snowball; the database that is there now is "
    "kept beside it. Go on?"
)


def add_to(app: typer.Typer) -> None:
    """Make them commands of the shell."""
    for each in (backup, restore, doctor, export):
        app.command()(each)


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; else a name with the time, here.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Overwrite the file.")] = False,
) -> None:
    """Copy the database into one file, while Snowball runs."""
    from adapters.backup import BackupError, back_up  # noqa: PLC0415
    from bot.clocks import SystemClock  # noqa: PLC0415

    try:
        typer.echo(back_up(read_settings(), file, SystemClock().now(), yes=yes))
    except BackupError as error:
        _refused(str(error))


def restore(
    file: Annotated[Path, typer.Argument(help="What `snowball backup` made.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in place of the database. Stop Snowball first."""
    from adapters.backup_restore import BackupError  # noqa: PLC0415
    from adapters.backup_restore import restore as put_back  # noqa: PLC0415
    from bot.clocks import SystemClock  # noqa: PLC0415

    settings = read_settings()
    if not yes and not typer.confirm(SINCE_THEN):
        typer.echo("Nothing was changed.")
        return
    try:
        typer.echo(put_back(settings, file, SystemClock().now).told())
    except BackupError as error:
        _refused(str(error))


def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Ask no platform.")] = False,
) -> None:
    """Look at everything, and say what to do. Status 1 when there is something."""
    from adapters.doctor import examine  # noqa: PLC0415
    from bot.clocks import SystemClock  # noqa: PLC0415

    report = examine(read_settings(), SystemClock().now(), offline=offline)
    typer.echo(report.page())
    raise typer.Exit(report.status)


def export(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as class.zip.")],
    cohort: Annotated[int | None, typer.Option(help="Which class; else the first.")] = None,
    notes: Annotated[
        bool, typer.Option("--with-notes", help="With what students wrote for themselves.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; overwrite the file.")] = False,
) -> None:
    """Write everything of a class into one archive of tables."""
    from adapters.compose import open_database  # noqa: PLC0415
    from adapters.export import WARNING, write_private  # noqa: PLC0415
    from adapters.export import export as exported  # noqa: PLC0415
    from bot.clocks import SystemClock  # noqa: PLC0415

    if file.exists() and not yes:
        _refused(f"{file} is there already. Name another file, or say --yes.")
    if not file.absolute().parent.is_dir():
        _refused(f"There is no folder {file.absolute().parent}.")
    database = open_database(read_settings())
    try:
        classes = {each.id: each.name for each in database.cohorts()}
        chosen = cohort if cohort is not None else min(classes, default=0)
        if chosen not in classes:
            there = ", ".join(f"{number} ({name})" for number, name in classes.items())
            _refused(f"There is no class {chosen}. There are: {there or 'none yet'}.")
        if notes:
            typer.echo(WARNING, err=True)
            if not yes and not typer.confirm("Write it?"):
                typer.echo("Nothing was written.")
                return
        with database.reading(chosen) as store:
            done = exported(store, SystemClock().now(), notes=notes)
    finally:
        database.close()
    write_private(file, done.archive)
    typer.echo(f"{classes[chosen]}: {sum(done.rows.values())} rows in {file}. READ ME.txt in it")
    typer.echo("says who may see what.")


def _refused(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(2)
