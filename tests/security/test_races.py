"""Two changes at once, over two connections: whichever commits last, a session says what the tables say.

Every pair is tried in both orders: the first has done its work and not committed when the second begins.
"""

from __future__ import annotations

import itertools
import json
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
import pytest

from tests.security.people import Connection, Town, request, sign_in, stale_sessions


@dataclass
class Scene:
    """One person of two organizations, signed in at the first."""

    town: Town
    here: UUID = field(init=False)
    there: UUID = field(init=False)
    person: UUID = field(init=False)
    role: UUID = field(init=False)
    role_there: UUID = field(init=False)
    session: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.here, self.there = self.town.make_org(), self.town.make_org()
        self.person = self.town.make_person()
        self.role = self.town.give(self.person, self.here)
        self.role_there = self.town.give(self.person, self.there, "scheduler")
        self.session = self.town.sign_in(self.person)


Change = Callable[[Connection, Scene], object]


def revoke(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.role_assignments set deleted_at = now() where id = %s", [scene.role])


def revoke_there(conn: Connection, scene: Scene) -> None:
    conn.execute("delete from public.role_assignments where id = %s", [scene.role_there])


def grant(conn: Connection, scene: Scene) -> None:
    conn.execute(
        "insert into public.role_assignments (org_id, user_id, role) values (%s, %s, 'billing')",
        [scene.here, scene.person],
    )


def grant_another(conn: Connection, scene: Scene) -> None:
    conn.execute(
        "insert into public.role_assignments (org_id, user_id, role) values (%s, %s, 'carer')",
        [scene.here, scene.person],
    )


def deactivate_organization(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.organizations set is_active = false where id = %s", [scene.here])


def deactivate_organization_there(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.organizations set is_active = false where id = %s", [scene.there])


def tighten_settings(conn: Connection, scene: Scene) -> None:
    conn.execute(
        """update public.organizations set settings = '{"mfa_roles": ["nurse"], "session_idle_minutes": 5}'
        where id = %s""",
        [scene.here],
    )


def deactivate_person(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.profiles set is_active = false where id = %s", [scene.person])


def sign_in_again(conn: Connection, scene: Scene) -> None:
    sign_in(conn, scene.person)


def end_session(conn: Connection, scene: Scene) -> None:
    conn.execute("delete from auth.sessions where id = %s", [scene.session])


def switch(conn: Connection, scene: Scene, org: UUID | None = None) -> None:
    """As the person, over the API; refused if the role there is gone by then."""
    statement = request(
        scene.person, scene.session, f"select public.switch_organization('{org or scene.there}')"
    ).removesuffix("; commit")
    try:
        conn.execute(statement.removeprefix("begin; ").encode())
    except psycopg.DatabaseError as error:
        if error.sqlstate != "PGRST" or _code(error) not in ("not_found", "session_expired"):
            raise


def _code(error: psycopg.Error) -> object:
    return json.loads(str(error.diag.message_primary))["code"]


CHANGES: list[Change] = [
    revoke,
    revoke_there,
    grant,
    grant_another,
    deactivate_organization,
    deactivate_organization_there,
    tighten_settings,
    deactivate_person,
    sign_in_again,
    end_session,
    switch,
]
PAIRS = [(a, b) for a, b in itertools.permutations(CHANGES, 2) if {a, b} != {end_session}]


@pytest.fixture(scope="module")
def town(url: str) -> Iterator[Town]:
    town = Town.at(url)
    yield town
    town.conn.close()


@pytest.fixture(scope="module")
def pair(url: str) -> Iterator[tuple[Connection, Connection]]:
    with psycopg.connect(url) as one, psycopg.connect(url) as two:
        yield one, two


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda change: change.__name__)
def test_the_session_says_what_the_tables_say(
    town: Town, pair: tuple[Connection, Connection], first: Change, second: Change
) -> None:
    scene = Scene(town)
    one, two = pair
    failed: list[BaseException] = []

    def run_second() -> None:
        try:
            second(two, scene)
            two.commit()
        except psycopg.Error as error:
            two.rollback()
            failed.append(error)

    first(one, scene)
    thread = threading.Thread(target=run_second)
    thread.start()
    thread.join(0.05)  # it is done, or waits for the first
    one.commit()
    thread.join(20)
    assert not thread.is_alive()
    assert [str(error) for error in failed if not _is_conflict(error)] == []
    assert stale_sessions(town.conn) == []


def _is_conflict(error: BaseException) -> bool:
    """Two changes of the very same row, or a reference to a row that is gone: refused, and rightly so."""
    return isinstance(error, psycopg.errors.ForeignKeyViolation)


def test_many_changes_of_few_people_end_without_a_deadlock(town: Town, url: str) -> None:
    """Everything takes its locks in one order: people, organizations, sessions, each by id."""
    scenes = [Scene(town) for _ in range(2)]
    failed: list[str] = []

    def work(seed: int) -> None:
        dice = random.Random(seed)
        with psycopg.connect(url) as conn:
            for _ in range(150):
                scene = dice.choice(scenes)
                try:
                    dice.choice(STRESS)(conn, scene)
                    conn.commit()
                except psycopg.Error as error:
                    conn.rollback()
                    if not _is_conflict(error):
                        failed.append(f"{type(error).__name__}: {error.diag.message_primary}")

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    assert stale_sessions(town.conn) == []


def flicker_role(conn: Connection, scene: Scene) -> None:
    conn.execute(
        "update public.role_assignments set deleted_at = case when deleted_at is null then now() end "
        "where id = %s",
        [scene.role],
    )


def flicker_organization(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.organizations set is_active = not is_active where id = %s", [scene.here])


def flicker_person(conn: Connection, scene: Scene) -> None:
    conn.execute("update public.profiles set is_active = not is_active where id = %s", [scene.person])


def switch_back(conn: Connection, scene: Scene) -> None:
    switch(conn, scene, scene.here)


def sign_in_and_out(conn: Connection, scene: Scene) -> None:
    session = sign_in(conn, scene.person)
    conn.execute(
        "delete from auth.sessions where id <> %s and user_id = %s and id <> %s",
        [session, scene.person, scene.session],
    )


STRESS: list[Change] = [
    flicker_role,
    flicker_organization,
    flicker_person,
    switch,
    switch_back,
    sign_in_and_out,
]
