"""Lakeside twice, in the database and in the model: every step is done in both and must come out the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from tests.properties.ladder import FOREVER, Model, Place

START = "2026-06-01 00:00:00+00"
# Name, role, site.
MEMBERS: list[tuple[str, str, Place]] = [
    ("Odile", "org_owner", None),
    ("Ada", "admin", None),
    ("Mia", "manager", "house"),
    ("Max", "manager", None),
    ("Nadia", "nurse", None),
    ("Cara", "carer", "house"),
]
STRANGER = "Hana"  # administers another organization
NAMES = [*(name for name, _, _ in MEMBERS), STRANGER]
REFUSALS = {"permission_denied", "not_found", "conflict", "invalid_input"}


@dataclass
class House:
    """Lakeside in the database and in the model."""

    conn: psycopg.Connection[Any]
    org_id: UUID
    people: dict[str, UUID]
    sites: dict[str, UUID]
    model: Model = field(default_factory=lambda: Model({"house", "court"}))
    tokens: list[str] = field(default_factory=list)

    def all(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        return self.conn.execute(query.encode(), parameters).fetchall()

    def one(self, query: str, *parameters: object) -> Any:
        return next(iter(self.all(query, *parameters)[0].values()))

    def call(self, name: str, query: str, *parameters: object) -> tuple[bool, list[dict[str, Any]]]:
        """A request of this person: whether it was granted, and the answer."""
        self.conn.execute("select tests.act_as(%s)", (self.people[name],))
        if name == STRANGER and self.model.reach(name):
            self.conn.execute("select public.switch_organization(%s)", (self.org_id,))
        try:
            with self.conn.transaction():
                return True, self.all(query, *parameters)
        except psycopg.errors.DatabaseError as error:
            message = error.diag.message_primary or ""
            if error.sqlstate != "PGRST" or json.loads(message)["code"] not in REFUSALS:
                raise
            return False, []
        finally:
            self.conn.execute("select tests.act_as_system()")

    def moment(self, hour: int | None) -> Any:
        return (
            None
            if hour is None
            else self.one("select %s::timestamptz + make_interval(hours => %s)", START, hour)
        )

    def site(self, name: Place) -> UUID | None:
        return None if name is None else self.sites[name]

    def step(self, what: str, *with_: Any) -> None:
        getattr(self, what)(*with_)
        self.compare()

    def wait(self, hours: int) -> None:
        self.model.now = min(self.model.now + hours, FOREVER - 20)
        self.conn.execute("select tests.freeze_clock(%s)", (self.moment(self.model.now),))

    def grant(self, actor: str, target: str, role: str, site: Place, start: int, length: int | None) -> None:
        now = self.model.now
        done, _ = self.call(
            actor,
            "select public.grant_role(%s, %s, %s, %s, %s)",
            self.people[target],
            role,
            self.site(site),
            self.moment(now + start),
            self.moment(None if length is None else now + start + length),
        )
        assert done == self.model.grant(actor, target, role, site, start, length)

    def revoke(self, actor: str, number: int) -> None:
        rows = self.all(
            """select id, user_id, role, site_id,
                 extract(epoch from lower(valid_during) - %s::timestamptz)::integer / 3600 as begin,
                 extract(epoch from upper(valid_during) - %s::timestamptz)::integer / 3600 as end
               from public.role_assignments where org_id = %s and deleted_at is null order by id""",
            START,
            START,
            self.org_id,
        )
        row = rows[number % len(rows)]
        key = (self.name(row["user_id"]), row["role"], self.place(row["site_id"]))
        end = FOREVER + 1 if row["end"] is None else row["end"]
        done, _ = self.call(actor, "select public.revoke_role(%s)", row["id"])
        assert done == self.model.revoke(actor, key, row["begin"], end)

    def invite(self, actor: str, target: str, role: str, site: Place) -> None:
        if actor == STRANGER and not self.model.reach(actor):
            return  # she invites to Harbor
        email = f"{target.lower()}@example.com"
        done, rows = self.call(
            actor, "select * from public.invite_member(%s, %s, %s, 1)", email, role, self.site(site)
        )
        self.tokens += [row["token"] for row in rows]
        assert done == self.model.invite(actor, target, role, site)

    def accept(self, name: str | None, number: int) -> None:
        if self.tokens:
            offer = self.model.offers[number % len(self.tokens)]
            name = name or offer.to
            token = self.tokens[number % len(self.tokens)]
            done, _ = self.call(name, "select public.accept_invitation(%s)", token)
            assert done == self.model.accept(name, offer)

    def name(self, user_id: UUID) -> str:
        return next(name for name, one in self.people.items() if one == user_id)

    def place(self, site_id: UUID | str | None) -> Place:
        return next((name for name, one in self.sites.items() if str(one) == str(site_id)), None)

    def compare(self) -> None:
        """The tables give what the model gives, and every session row what the tables give."""
        for row in self.all(
            """select users.id, reach.roles::text[], reach.role_sites
               from auth.users cross join lateral app.resolve_reach(users.id, %s) as reach""",
            self.org_id,
        ):
            expected = self.model.reach(self.name(row["id"]))
            assert set(row["roles"]) == set(expected), self.name(row["id"])
            for role_, sites in row["role_sites"].items():
                found = {None} if sites is None else {self.place(site) for site in sites}
                assert found == ({None} if None in expected[role_] else expected[role_])
            assert not {"super_admin", "service"} & set(row["roles"])
        assert any("org_owner" in self.model.reach(name) for name in NAMES)
        stale = self.all(
            """select sessions.user_id, sessions.roles, reach.roles as fresh
               from public.user_sessions as sessions
               cross join lateral app.resolve_reach(sessions.user_id, sessions.active_org_id) as reach
               where sessions.stale_at > app.clock()
                 and (sessions.roles, sessions.role_sites, sessions.needs_mfa, sessions.stale_at)
                 is distinct from (reach.roles, reach.role_sites, reach.needs_mfa, reach.stale_at)"""
        )
        assert stale == []
        for name in NAMES:  # what a request would be told, also when a role ended by itself
            if name == STRANGER and not self.model.reach(name):
                continue
            _, answer = self.call(name, "select app.my_roles()::text[] as roles")
            assert set(answer[0]["roles"]) == set(self.model.reach(name))


def furnish(conn: psycopg.Connection[Any]) -> House:
    house = House(conn, UUID(int=0), {}, {})
    house.org_id = house.one("select tests.make_org('lakeside')")
    harbor = house.one("select tests.make_org('harbor')")
    for site, org in (("house", house.org_id), ("court", house.org_id), ("pier", harbor)):
        query = "insert into public.sites (org_id, kind, name) values (%s, 'house', %s) returning id"
        house.sites[site] = house.one(query, org, site)
    house.wait(0)
    for name, role_, site in MEMBERS:
        made = house.one(
            "select tests.make_person(%s, %s, %s, %s)", house.org_id, role_, name, house.site(site)
        )
        house.people[name] = made
        house.model.give(name, role_, site, 0, None)
    house.people[STRANGER] = house.one("select tests.make_person(%s, 'admin', 'Hana')", harbor)
    for name, user_id in house.people.items():
        conn.execute(
            "update auth.users set email = %s, email_confirmed_at = now() where id = %s",
            (f"{name.lower()}@example.com", user_id),
        )
        conn.execute("select tests.open_session(%s)", (user_id,))
    return house
