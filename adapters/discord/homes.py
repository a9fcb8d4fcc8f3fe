"""Which cohort a server belongs to: the first one to the deployment's, others to their own."""

import contextlib

from bot.domain.cohort import Cohort, Workspace
from bot.ports import AlreadyThereError, Clock, Stores


def settle(stores: Stores, clock: Clock, cohort_id: int, guild: str, name: str) -> None:
    """Give a server that is not known yet its cohort.

    A stranger who adds the bot elsewhere gets a cohort of their own, never this one's people."""
    if stores.workspace("discord", guild) is not None:
        return
    if stores.workspaces("discord"):
        cohort_id = stores.add_cohort(Cohort(name=name or "Cohort", created=clock.now())).id
    # Another process may hear of it at the same moment: the database has one of each.
    with (
        contextlib.suppress(AlreadyThereError),
        stores.writing(cohort_id, f"workspace:{guild}") as store,
    ):
        if store.first(Workspace, surface="discord", external_id=guild) is None:
            store.add(
                Workspace(
                    cohort_id=cohort_id,
                    surface="discord",
                    external_id=guild,
                    name=name,
                    meets_in_channel=True,
                )
            )
