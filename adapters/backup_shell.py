"""``snowball backup | restore | doctor | export``: what looks after a deployment."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.configuration import read_settings

if TYPE_CHECKING:
    from bot.domain.cohort import Cohort
    from storage.database import Database

WhichClass = Annotated[
    int | None, typer.Option("--cohort", help="Which class, by its number; else the first.")
]
SINCE_THEN = (
    "Everything since that backup will be gone from Snowball; the database that is there now is "
    "kept beside it. Go on?"
)

UNDONE = "Everything is as it was before the restore that was broken off."


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
        raise _refused(str(error)) from None


def restore(
    file: Annotated[
        Path | None, typer.Argument(help="What `snowball backup` made.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Put back what was there, after one was broken off.")
    ] = False,
) -> None:
    """Put a backup in place of the database. Stop Snowball first."""
    from adapters.backup_restore import BackupError  # noqa: PLC0415
    from adapters.backup_restore import restore as put_in_place  # noqa: PLC0415
    from adapters.backup_restore import undo as put_back  # noqa: PLC0415
    from bot.clocks import SystemClock  # noqa: PLC0415

    settings = read_settings()
    try:
        if undo:
            typer.echo(UNDONE if put_back(settings) else "No restore was broken off.")
            return
        if file is None:
            raise _refused("Name the file that `snowball backup` made.")
        if not yes and not typer.confirm(SINCE_THEN):
            typer.echo("Nothing was changed.")
            return
        typer.echo(put_in_place(settings, file, SystemClock().now).told())
    except BackupError as error:
        raise _refused(str(error)) from None


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
    cohort: WhichClass = None,
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
        raise _refused(f"{file} is there already. Name another file, or say --yes.")
    if not file.absolute().parent.is_dir():
        raise _refused(f"There is no folder {file.absolute().parent}.")
    database = open_database(read_settings())
    try:
        chosen = chosen_class(database, cohort)
        if notes:
            typer.echo(WARNING, err=True)
            if not yes and not typer.confirm("Write it?"):
                typer.echo("Nothing was written.")
                return
        with database.reading(chosen.id) as store:
            done = exported(store, SystemClock().now(), notes=notes)
    finally:
        database.close()
    write_private(file, done.archive)
    rows = sum(done.rows.values())
    typer.echo(f"{chosen.name}: {rows} rows in {file}. READ ME.txt in it says who may see what.")


def chosen_class(database: "Database", number: int | None) -> "Cohort":
    """The class of this number, or the first. Ends the command where there is none."""
    classes = database.cohorts()
    for each in classes:
        if number in (None, each.id):
            return each
    there = ", ".join(f"{each.id} ({each.name})" for each in classes)
    raise _refused(f"There is no class {number or ''}. There are: {there or 'none yet'}.")


def _refused(why: str) -> typer.Exit:
    typer.echo(why, err=True)
    return typer.Exit(2)
