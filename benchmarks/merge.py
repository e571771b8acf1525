"""Merging changes against the update with a version check that refuses the whole row.

- `merged`:  `merge_provider_support_circles()` with base values
- `checked`: `update … where id = … and version = …`, as PostgREST makes it of a PATCH

Both as a signed-in administrator, one transaction each, in turn; then once more over HTTP, as a frontend
waits for them. Then how many saves the check refuses that the merge takes: two people open a form, each
changes one or two of its fields, both save. Once the form of that table, with four fields; and forms of more
fields, each as likely as the other, by the same rule without strategies.
Run it with `python benchmarks/merge.py [--rounds N]`. Exit code 1: over the bar.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from statistics import median, quantiles
from typing import Any

import httpx
import psycopg
from http_cases import client as gateway
from rls import pin, prepare, timed
from rls_cases.world import Actor, build

from carebase.project import Project
from carebase.stack.server import throwaway

COST_BAR, MERGED_BAR = 1.3, 0.9
LARGER_FORMS = (8, 12, 16, 24)
FIELDS = ("name", "meeting_frequency", "max_members", "is_active")
_REQUEST = "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)"
_MERGE = "select to_jsonb(m) from public.merge_provider_support_circles(%s, %s, %s) as m"
_CHECKED = """with changed as (
  update public.provider_support_circles set name = %s where id = %s and version = %s returning *
) select coalesce(json_agg(changed), '[]') from changed"""
Connection = psycopg.Connection[tuple[Any, ...]]


def ask(conn: Connection, actor: Actor, query: str, *parameters: object) -> tuple[float, Any]:
    """One request; seconds and the answer."""
    began = time.perf_counter()
    conn.execute("begin", prepare=True)
    conn.execute(_REQUEST, (actor.claims,), prepare=True)
    row = conn.execute(query.encode(), parameters, prepare=True).fetchone()
    conn.execute("commit", prepare=True)
    assert row
    return time.perf_counter() - began, row[0]


def cost(merging: Connection, checking: Connection, actor: Actor, circles: list[Any], rounds: int) -> float:
    """Both ways in turn, each on a row of its own that nobody else changes."""
    pairs = []
    name, version = "Circle", 1
    for turn in range(rounds + 20):
        wanted = f"Circle {turn}"
        base = json.dumps({"name": name})
        took, answer = ask(merging, actor, _MERGE, circles[0], json.dumps({"name": wanted}), base)
        assert answer["is_changed"]
        floor, changed = ask(checking, actor, _CHECKED, wanted, circles[1], version)
        assert len(changed) == 1
        name, version = wanted, version + 1
        if turn >= 20:
            pairs.append((took, floor))
    return told("", pairs)


def cost_over_http(client: httpx.Client, circles: list[Any], rounds: int) -> float:
    """The same two as a frontend asks for them; the rows are as `cost` left them."""
    table = "provider_support_circles"
    both = gateway.timed(client, "GET", f"{table}?select=id,name,version&order=name", None)[1]
    found = {row["id"]: row for row in both}
    name, version = found[str(circles[0])]["name"], found[str(circles[1])]["version"]
    pairs = []
    for turn in range(rounds + 20):
        wanted = f"Circle over HTTP {turn}"
        body = {"p_id": str(circles[0]), "p_changes": {"name": wanted}, "p_base": {"name": name}}
        took, answer = gateway.timed(client, "POST", f"rpc/merge_{table}", body)
        assert answer["is_changed"]
        path = f"{table}?id=eq.{circles[1]}&version=eq.{version}"
        floor, changed = gateway.timed(
            client, "PATCH", path, {"name": wanted}, Prefer="return=representation"
        )
        assert len(changed) == 1
        name, version = wanted, version + 1
        if turn >= 20:
            pairs.append((took, floor))
    return told("over HTTP, ", pairs)


def told(where: str, pairs: list[tuple[float, float]]) -> float:
    """Print the medians and the ratio."""
    low, _middle, high = quantiles((took / floor for took, floor in pairs), n=4)
    merged, checked = (median(pair[way] for pair in pairs) * 1e6 for way in (0, 1))
    print(
        f"{where}merged {merged:.0f} µs, checked {checked:.0f} µs: {merged / checked:.2f}"
        f" ({low:.2f} to {high:.2f})"
    )
    return merged / checked


def share_of(conn: Connection, fields: int, forms: int) -> float:
    """The same share for a form of so many fields, of which none has a strategy."""
    dice = random.Random(fields)
    names = [f"field_{number}" for number in range(fields)]
    strategies = json.dumps(dict.fromkeys(names, "reject"))
    taken = 0
    for _ in range(forms):
        one, other = (dice.sample(names, dice.choice((1, 1, 1, 2))) for _ in range(2))
        theirs = dict.fromkeys(names, 0) | dict.fromkeys(one, 1)
        given = (theirs, dict.fromkeys(names, 0), dict.fromkeys(other, 2))
        row = conn.execute(
            "select conflicts from app.merge_fields(%s, %s, %s, %s)", [*map(json.dumps, given), strategies]
        ).fetchone()
        taken += row == ([],)
    print(f"of {forms} such saves in a form of {fields} fields, {taken / forms:.0%} were merged")
    return taken / forms


def share(conn: Connection, actor: Actor, circle: Any, forms: int) -> float:
    """Of the saves that a version check refuses, the share that the merge takes whole."""
    dice = random.Random(5)
    taken = 0
    for form in range(forms):
        _, read = ask(
            conn, actor, "select to_jsonb(c) from public.provider_support_circles as c where id = %s", circle
        )
        for who in ("one", "other"):
            fields = dice.sample(FIELDS, dice.choice((1, 1, 1, 2)))
            changes = {field: _value(dice, field, f"{form} {who}") for field in fields}
            base = {field: read[field] for field in fields}
            _, answer = ask(conn, actor, _MERGE, circle, json.dumps(changes), json.dumps(base))
            if who == "other":
                taken += not answer["conflicts"]
    print(f"of {forms} saves that a version check refuses, {taken} were merged: {taken / forms:.0%}")
    return taken / forms


def _value(dice: random.Random, field: str, name: str) -> Any:
    values = {
        "name": [name],
        "meeting_frequency": ["weekly", "fortnightly", "monthly"],
        "max_members": list(range(3, 31)),
        "is_active": [True, False],
    }
    return dice.choice(values[field])


def main() -> int:
    """Measure, print, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args().rounds
    project = Project.find()
    with throwaway(project) as server:
        url = prepare(server, project)
        actor = timed("filling the database", lambda: build(server.url("bench"), 20))["admin"]
        with psycopg.connect(url, autocommit=True) as conn:
            rows = conn.execute(
                "insert into public.provider_support_circles (org_id, name, meeting_frequency)"
                " select %s, 'Circle', 'weekly' from generate_series(1, 2) returning id",
                (actor.org,),
            ).fetchall()
        with (
            psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as merging,
            psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as checking,
        ):
            pin(merging, checking)
            circles = [row[0] for row in rows]
            dear = cost(merging, checking, actor, circles, rounds)
            with gateway.asked(server, project, "bench", actor.claims) as client:
                cost_over_http(client, circles, rounds)
            good = share(merging, actor, circles[0], 300)
        with psycopg.connect(url) as conn:
            for fields in LARGER_FORMS:
                share_of(conn, fields, 2000)
    return int(dear > COST_BAR or good < MERGED_BAR)


if __name__ == "__main__":
    sys.exit(main())
