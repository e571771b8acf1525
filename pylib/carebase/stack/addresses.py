"""The ports of a stack: asked for, remembered, or chosen; moved only while nobody knows them yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from carebase.stack import ports
from carebase.stack.state import StackState

Which = Literal["db_port", "api_port"]


@dataclass(frozen=True)
class Addresses:
    """What one `up` knows about the ports; `asked` are those that the caller named."""

    project: Project
    state: StackState
    asked: frozenset[Which]

    @classmethod
    def decide(cls, project: Project, *, db_port: int | None, api_port: int | None) -> Addresses:
        """Load the stack's state, or make a new one, with the ports asked for; and save it.

        Raises:
            UsageProblem: both ports are the same.
            EnvironmentProblem: the state cannot be read or written.
        """
        if StackState.exists(project):
            state = StackState.load(project)
            state.db_port = db_port or state.db_port
            state.api_port = api_port or state.api_port
        else:
            state = StackState.new(db_port=db_port, api_port=api_port)
        if state.db_port == state.api_port:
            raise UsageProblem(
                "same_port",
                f"Postgres and the API gateway cannot both listen on port {state.db_port}.",
                hint="Choose two different ports with --db-port and --api-port.",
            )
        state.save(project)
        asked: dict[Which, int | None] = {"db_port": db_port, "api_port": api_port}
        return cls(project, state, frozenset(which for which, port in asked.items() if port))

    def start(self, which: Which, start: Callable[[], bool]) -> bool:
        """Call `start`; if the port was taken since we chose it, once more with another one.

        Args:
            which: the port that `start` listens on, as it is in the state when it is called.
            start: starts a server; whether it had to.
        """
        try:
            return start()
        except EnvironmentProblem as problem:
            if problem.code != "port_taken" or self.state.is_settled or which in self.asked:
                raise
        setattr(self.state, which, ports.free_port())
        self.state.save(self.project)
        return start()

    def settle(self) -> None:
        """Both servers run: from now on people and scripts count on these ports."""
        if not self.state.is_settled:
            self.state.is_settled = True
            self.state.save(self.project)
