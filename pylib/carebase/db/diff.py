"""From an edit of `sql/` to a migration and its rollback."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from carebase.db import files, migrations
from carebase.db.catalogue import Difference, compare
from carebase.db.declared import build
from carebase.db.files import Migration
from carebase.db.prove import prove_rollbacks
from carebase.db.scratch import Scratch
from carebase.db.script_text import migration_text, rollback_text
from carebase.db.write.way import State, Step, Way, find_way
from carebase.problems import Problem, UsageProblem
from carebase.project import Project

Tell = Callable[[str], None]


class DiffIncomplete(Problem):
    """Something was declared that cannot be written by machine."""

    def __init__(self, left_over: Sequence[Difference], direction: str) -> None:
        listed = "\n".join(f"  {difference}" for difference in left_over)
        super().__init__(
            "diff_incomplete",
            f"This cannot be written by machine ({direction}); nothing was written:\n{listed}",
            hint="Write it by hand with `carebase db new NAME`, then diff again for the rest.",
        )


def write_migration(
    project: Project,
    scratch: Scratch,
    name: str,
    *,
    allow_drops: bool = False,
    renames: Sequence[str] = (),
    tell: Tell = lambda _: None,
) -> list[Migration]:
    """Write the migration from the migrated state to the declared one, and the rollback that undoes it.

    Both are proved before they stay: applied, undone and applied again, on a database with hosted Supabase's
    default privileges and on one without.

    Args:
        project: the checkout; `sql/` is compiled already.
        scratch: a throw-away server.
        name: lower-case words joined by underscores.
        allow_drops: go on although rows or values are lost.
        renames: `OLD=NEW` pairs, in the notation that the refusal gives, that are renamings.
        tell: told what is being done.

    Returns:
        What was written, oldest first: nothing if nothing changed, several if Postgres wants a commit in
        between (a new enum value that is used at once).

    Raises:
        DiffIncomplete: something that neither pg-delta nor we can write.
        UsageProblem: data would be lost without `allow_drops`, or a new column is declared between old ones.
    """
    files.require_name(name)
    files.check(project, files.discover(project))
    tell("loading sql/")
    url = scratch.create("declared", generous=False)
    build(url, project)
    declared = State.of(url)
    tell("replaying the migrations")
    url = scratch.create("migrated", generous=True)
    migrations.migrate(project, url)
    migrated = State.of(url)
    tell("comparing")
    way = find_way(project, scratch, migrated, declared, accept_renames=renames)
    if not way.steps and not way.left_over:
        return []
    if way.left_over:
        raise DiffIncomplete(way.left_over, "forward")
    _refuse_losses(way, allow_drops)
    _refuse_order(declared, way.steps[-1].after)
    tell("writing the way back")
    swapped = ["=".join(reversed(pair.split("="))) for pair in renames]
    backs = [
        _way_back(project, scratch, step, before, swapped)
        for step, before in zip(way.steps, [migrated, *(step.after for step in way.steps)], strict=False)
    ]
    tell("proving both")
    written = [
        files.new_pair(
            project,
            name if number == 1 else f"{name}_{number}",
            up=migration_text(step.statements, name, step.losses),
            down=rollback_text(
                [text for part in back.steps for text in part.statements],
                name,
                transactional=len(back.steps) <= 1,
                losses=[loss for part in back.steps for loss in part.losses],
            ),
        )
        for number, (step, back) in enumerate(zip(way.steps, backs, strict=True), 1)
    ]
    try:
        _require_proof(project, scratch, written, declared, migrated)
    except BaseException:
        remove(written)
        raise
    return written


def remove(written: Sequence[Migration]) -> None:
    """Delete migrations that were just written, rollbacks included."""
    for migration in written:
        for script in (migration.up, migration.down):
            if script is not None:
                script.path.unlink()


def _way_back(project: Project, scratch: Scratch, step: Step, before: State, renames: Sequence[str]) -> Way:
    back = find_way(project, scratch, step.after, before, accept_renames=renames, backwards=True)
    if back.left_over:
        raise DiffIncomplete(back.left_over, "back")
    return back


def _refuse_losses(way: Way, allow_drops: bool) -> None:
    losses = [loss for step in way.steps for loss in step.losses]
    if not losses or allow_drops:
        return
    listed = "\n".join(f"  {loss.splitlines()[0]}" for loss in losses)
    renames = [pair for step in way.steps for pair in step.renames]
    hint = "Add --allow-drops if that is meant."
    if renames:
        hint += " If it was renamed, add instead: " + " ".join(f"--rename {pair}" for pair in renames)
    raise UsageProblem("diff_loses_data", f"This would lose data; nothing was written:\n{listed}", hint=hint)


def _refuse_order(declared: State, migrated: State) -> None:
    """Postgres adds a column behind the others, wherever it was declared."""
    for difference in compare(declared.catalogue, migrated.catalogue):
        if difference.kind == "column_order":
            want, have = difference.details["columns"]
            raise UsageProblem(
                "diff_column_order",
                f"{difference.identity} would have its columns in another order than declared: "
                f"{', '.join(have)} instead of {', '.join(want)}.",
                hint="Declare new columns behind the others.",
            )


def _require_proof(
    project: Project, scratch: Scratch, written: Sequence[Migration], declared: State, migrated: State
) -> None:
    """Prove the new migrations; older ones have been when they were written, and `drift` proves all."""
    new = {migration.version for migration in written}
    for generous in (True, False):
        start = migrated.url if generous else None
        proof = prove_rollbacks(project, scratch, generous=generous, only=new, start=start)
        wrong = [drift.difference for drift in proof.drifts]
        wrong += compare(declared.catalogue, proof.catalogue)
        if wrong:
            raise DiffIncomplete(wrong, "proof")
