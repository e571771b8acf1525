"""A hundred thousand requests over pooled connections while what they may reach changes: none is stale.

Requests and changes run at the same time. Each request reads, in its own transaction, a number that every
change raises, before and after its question: the answer must be right for one of the moments in between.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from tests.security.people import Town, request

REQUESTS = 100_000
CONNECTIONS = 4
# Requests that are sent together: each is a transaction of its own, and the client is not what is measured.
TOGETHER = 10
# Seconds between two changes.
PAUSE = 0.005
# The tokens are of one factor, so that a second one may come to be needed.
AAL = "aal1"
NO_SESSION = "session_expired"
CLOCK = """
create schema clock;
create table clock.change (number integer not null);
insert into clock.change values (0);
grant usage on schema clock to authenticated;
grant select on clock.change to authenticated;

create function clock.ask(out earliest integer, out answer text, out latest integer) language plpgsql as $$
begin
  select number into earliest from clock.change;
  begin
    -- What an organization shows of itself, and what a role shows.
    select string_agg(distinct org_id::text, ',') into answer from public.sites;
  exception when sqlstate 'PGRST' then
    answer := sqlerrm::jsonb ->> 'code';
  end;
  select number into latest from clock.change;
end
$$;
"""

Answer = str | None


@dataclass(eq=False)
class Person:
    """Somebody with a role in two organizations, each of which may be taken away."""

    id: UUID
    roles: dict[UUID, UUID]
    holds: set[UUID] = field(default_factory=set)
    is_active: bool = True


@dataclass(eq=False)
class Session:
    """A session, alive or not; a frontend goes on asking with its token either way."""

    id: UUID
    person: Person
    org: UUID
    is_alive: bool = True


class World:
    """What is so now, in plain Python, and what is right to answer: `history[n]` is right after change n."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.conn = psycopg.connect(url, autocommit=True)
        self.conn.execute(CLOCK.encode())
        self.town = Town(self.conn)
        self.dice = random.Random(3)
        self.orgs = {self.town.make_org(): True for _ in range(4)}
        self.needs_mfa = dict.fromkeys(self.orgs, False)
        self.people = [self._make_person() for _ in range(12)]
        self.sessions: list[Session] = []
        for person in self.people * 2:
            self.sign_in(person)
        self.history = [self.answers()]

    def _make_person(self) -> Person:
        person = Person(self.town.make_person(), {})
        for org in self.dice.sample(list(self.orgs), 2):
            person.roles[org] = self.town.give(person.id, org)
            person.holds.add(org)
        return person

    def sign_in(self, person: Person) -> None:
        session = self.town.sign_in(person.id)
        [(org,)] = self.conn.execute(
            "select active_org_id from public.user_sessions where id = %s", [session]
        ).fetchall()
        self.sessions.append(Session(session, person, org))

    def reaches(self, person: Person, org: UUID) -> bool:
        return person.is_active and org in person.holds and self.orgs[org]

    def answers(self) -> dict[UUID, Answer]:
        return {session.id: self._answer(session) for session in self.sessions}

    def _answer(self, session: Session) -> Answer:
        if not session.is_alive:
            return NO_SESSION
        if not self.reaches(session.person, session.org):
            return None
        return "mfa_required" if self.needs_mfa[session.org] else str(session.org)

    def change(self) -> None:
        """One thing changes, in one transaction with the clock's next number."""
        kinds = (self._turn_role, self._turn_date, self._turn_person, self._turn_org, self._turn_mfa)
        more = (self._switch, self._sign_in, self._end)
        with self.conn.transaction():
            self.dice.choice((*kinds, *more))()
            self.history.append(self.answers())
            self.conn.execute("update clock.change set number = number + 1")

    def _turn_role(self) -> None:
        """Revoked, and given back."""
        person, org = self._role()
        person.holds ^= {org}
        self.conn.execute(
            "update public.role_assignments set valid_during = '[2020-01-01,)', "
            "deleted_at = case when %s then null else now() end where id = %s",
            [org in person.holds, person.roles[org]],
        )

    def _turn_date(self) -> None:
        """Ended by date, and begun again."""
        person, org = self._role()
        person.holds ^= {org}
        self.conn.execute(
            "update public.role_assignments set deleted_at = null, "
            "valid_during = tstzrange('2020-01-01', case when not %s then '2021-01-01'::timestamptz end) "
            "where id = %s",
            [org in person.holds, person.roles[org]],
        )

    def _turn_person(self) -> None:
        person = self.dice.choice(self.people)
        person.is_active = not person.is_active
        self.conn.execute(
            "update public.profiles set is_active = %s where id = %s", [person.is_active, person.id]
        )

    def _turn_org(self) -> None:
        org = self.dice.choice(list(self.orgs))
        self.orgs[org] = not self.orgs[org]
        self.conn.execute(
            "update public.organizations set is_active = %s where id = %s", [self.orgs[org], org]
        )

    def _turn_mfa(self) -> None:
        org = self.dice.choice(list(self.orgs))
        self.needs_mfa[org] = not self.needs_mfa[org]
        self.conn.execute(
            "update public.organizations set settings = jsonb_build_object('mfa_roles', %s::jsonb) "
            "where id = %s",
            ['["nurse"]' if self.needs_mfa[org] else "[]", org],
        )

    def _switch(self) -> None:
        """By its holder, who must have a role there."""
        session = self._living()
        there = self.dice.choice([org for org in session.person.roles if org != session.org])
        if not self.reaches(session.person, there):
            return
        session.org = there
        query = f"select public.switch_organization('{there}')"
        statement = request(session.person.id, session.id, query, AAL)
        self.conn.execute(statement.removeprefix("begin; ").removesuffix("; commit").encode())
        self.conn.execute("reset role")

    def _sign_in(self) -> None:
        """Where the auth layer lets them in and there is somewhere to go."""
        person, org = self._role()
        if self.reaches(person, org) and len(self.sessions) < 200:
            self.sign_in(person)

    def _end(self) -> None:
        if self.dice.random() < 0.2:
            session = self._living()
            session.is_alive = False
            self.conn.execute("delete from auth.sessions where id = %s", [session.id])

    def _role(self) -> tuple[Person, UUID]:
        person = self.dice.choice(self.people)
        return person, self.dice.choice(list(person.roles))

    def _living(self) -> Session:
        return self.dice.choice([session for session in self.sessions if session.is_alive])


@dataclass
class Heard:
    """What the requests of one connection came to."""

    requests: int = 0
    wrong: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def ask(world: World, count: int, seed: int) -> Heard:
    """Requests of anybody, one after the other on one connection."""
    heard, dice = Heard(), random.Random(seed)
    with psycopg.connect(world.url) as conn:
        for _ in range(count // TOGETHER):
            asking = [dice.choice(world.sessions) for _ in range(TOGETHER)]
            cursor = conn.execute(
                "; ".join(
                    request(session.person.id, session.id, "select * from clock.ask()", AAL)
                    for session in asking
                ).encode()
            )
            for session, (earliest, answer, latest) in zip(asking, _answers(cursor), strict=True):
                moments = world.history[earliest : latest + 1]
                right = [moment.get(session.id, NO_SESSION) for moment in moments]  # not yet, or not any more
                if answer not in right:
                    heard.wrong.append(f"changes {earliest} to {latest}: {answer}, and right was {right}")
                heard.requests += 1
                heard.kinds.add(answer if answer in (NO_SESSION, "mfa_required", None) else "organization")
    return heard


def _answers(cursor: psycopg.Cursor[Any]) -> Iterator[tuple[int, Answer, int]]:
    """Of all that was sent together the answers to what was asked."""
    more: bool | None = True
    while more:
        if cursor.description and cursor.description[0].name == "earliest":
            yield from cursor.fetchall()
        more = cursor.nextset()


def run(world: World, requests: int) -> list[Heard]:
    """Requests on all connections while one thing after the other changes."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asking = [pool.submit(ask, world, requests // CONNECTIONS, seed) for seed in range(CONNECTIONS)]
        while not all(one.done() for one in asking):
            world.change()
            time.sleep(PAUSE)
        return [one.result() for one in asking]


def test_none_is_stale(database: str) -> None:
    world = World(database)
    heard = run(world, REQUESTS)
    print(f"{sum(one.requests for one in heard)} requests, {len(world.history)} changes")
    assert [wrong for one in heard for wrong in one.wrong] == []
    assert sum(one.requests for one in heard) == REQUESTS
    assert len(world.history) > 500
    assert heard[0].kinds == {"organization", None, NO_SESSION, "mfa_required"}


def test_a_change_that_is_not_followed_is_noticed(database: str) -> None:
    world = World(database)
    world.conn.execute("alter table public.role_assignments disable trigger _500_reach_update")
    assert [wrong for one in run(world, 3_000) for wrong in one.wrong] != []
