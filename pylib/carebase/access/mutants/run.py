"""Seeds the mutants one after the other, several side by side, and asks the defences about each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock

from carebase.access.mutants.copies import BrokenMutant, Nursery, nursery
from carebase.access.mutants.defences import Defence, Linters, own_defences
from carebase.access.mutants.generate import generate, sample
from carebase.access.mutants.journal import Journal, fingerprint
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.outcome import Outcome, Report
from carebase.access.mutants.peers import Peer, Peers, peers
from carebase.problems import UsageProblem
from carebase.project import Project

Told = Callable[[Outcome], None]
MakeDefences = Callable[[Project, Linters], list[Defence]]


@dataclass(frozen=True)
class Choice:
    """Which mutants run, and who is asked.

    Args:
        only: names of kinds; all of them when empty.
        count: at most so many, spread over the kinds; None for all.
        seed: decides which; one seed always chooses the same.
        is_thorough: ask every defence about every mutant, instead of ending at the first that catches it.
        compares: ask other people's tools as well.
        without: names of defences that are not asked.
    """

    only: Collection[str] = ()
    count: int | None = None
    seed: int = 0
    is_thorough: bool = False
    compares: bool = False
    without: Collection[str] = ()


class Listener:
    """Is told how a run goes; this one does not listen."""

    def begins(self, total: int, known: int) -> None:
        """So many mutants are to run; so many of them an earlier run already knows."""

    def ends(self, outcome: Outcome) -> None:
        """One mutant is through."""


def run(
    project: Project,
    choice: Choice | None = None,
    *,
    jobs: int = 2,
    resume: bool = False,
    listener: Listener | None = None,
    make_defences: MakeDefences = own_defences,
    built: Nursery | None = None,
) -> Report:
    """Seed faults into copies of the built schema, one at a time, and see who notices.

    Args:
        project: the checkout.
        choice: which mutants; all of them by default.
        jobs: how many copies are worked on at once.
        resume: take over what an interrupted run of the same schema has found out.
        listener: told how the run goes.
        make_defences: the defences to ask.
        built: the schema, if it is built already; it stays as it is.

    Raises:
        UsageProblem: an unknown kind or defence.
        DatabaseProblem: `sql/` does not load.
        EnvironmentProblem: a tool is missing or broke.

    Example:
        >>> run(Project.find(), Choice(count=12)).is_good
        True
    """
    choice, listener = choice or Choice(), listener or Listener()
    with ExitStack() as held:
        built = built or held.enter_context(nursery(project))
        everyone = generate(built.schema, only=choice.only)
        chosen = everyone if choice.count is None else sample(everyone, choice.count, choice.seed)
        linters = Linters(project)
        defences = _asked(make_defences(project, linters), choice.without)
        others = held.enter_context(peers(project, built, linters)) if choice.compares else Peers([], {})
        asking = _Asking(built, defences, others.found, choice.is_thorough)
        names = [f"{defence.name}{choice.is_thorough}" for defence in defences]
        names += [peer.name for peer in others.found]
        journal = held.enter_context(
            Journal(project, fingerprint(project, built.catalogue, names), keep=resume)
        )
        outcomes = {outcome.mutant.id: outcome for mutant in chosen if (outcome := journal.known(mutant))}
        listener.begins(len(chosen), len(outcomes))
        asking.look_at_clean()
        todo = [mutant for mutant in chosen if mutant.id not in outcomes]
        with _pool(jobs, linters) as pool:
            for done in as_completed([pool.submit(asking.outcome, mutant) for mutant in todo]):
                outcome = done.result()
                journal.add(outcome)
                outcomes[outcome.mutant.id] = outcome
                listener.ends(outcome)
    return Report(
        [outcomes[mutant.id] for mutant in chosen],
        {name: said for name, said in asking.alarms.items() if said},
        {defence.name: defence.shows for defence in defences},
        {peer.name: peer.shows for peer in others.found},
        others.absent,
        (len(chosen), len(everyone)),
    )


def _asked(defences: list[Defence], without: Collection[str]) -> list[Defence]:
    known = [defence.name for defence in defences]
    for name in without:
        if name not in known:
            raise UsageProblem(
                "defence_unknown", f"There is no defence {name!r}.", hint=f"There are: {', '.join(known)}."
            )
    return [defence for defence in defences if defence.name not in without]


@dataclass(frozen=True)
class _Asking:
    """Everybody who is asked about a mutant."""

    built: Nursery
    defences: Sequence[Defence]
    peers: Sequence[Peer]
    is_thorough: bool

    alarms: dict[str, list[str]] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def look_at_clean(self) -> None:
        """Ask everybody who is not dear about the schema without fault."""
        for defence in self.defences:
            if not defence.is_dear:
                self._usual(defence)

    def _usual(self, defence: Defence) -> list[str]:
        """What the defence finds where no fault is: a false alarm, which catches no mutant either."""
        with self._one_at_a_time:
            if defence.name not in self.alarms:
                with self.built.copy() as clean:
                    self.alarms[defence.name] = list(defence.check(clean, None))
        return self.alarms[defence.name]

    def outcome(self, mutant: Mutant) -> Outcome:
        """Seed the mutant and ask."""
        try:
            with self.built.mutated(mutant) as copy:
                caught: dict[str, str] = {}
                for defence in self.defences:
                    # How the schema is written may break a rule of the house although nobody can tell.
                    if mutant.equivalent and not defence.decides:
                        continue
                    usual = self._usual(defence)
                    found = next((said for said in defence.check(copy, mutant) if said not in usual), None)
                    if found:
                        caught[defence.name] = found
                        if not self.is_thorough:
                            break
                noticed = {peer.name: peer.notices(copy, mutant) for peer in self.peers}
        except BrokenMutant as problem:
            return Outcome(mutant, broken=str(problem))
        return Outcome(mutant, caught, {name: findings[0] for name, findings in noticed.items() if findings})


@contextmanager
def _pool(jobs: int, linters: Linters) -> Iterator[ThreadPoolExecutor]:
    """Threads, since they wait for Postgres and other programs; an interrupt ends those programs, too."""
    with ThreadPoolExecutor(jobs, thread_name_prefix="mutant") as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            linters.tools.cancel()
            raise
