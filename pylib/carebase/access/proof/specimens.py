"""The rows that a table is tried with: one of every kind that the matrix can tell apart."""

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from carebase.access.proof.meaning import Row
from carebase.access.proof.rows import KEY, ORGANIZATIONS, Setting, Sql
from carebase.access.proof.world import World
from carebase.db.rooms import Link, Table

_CIRCLE_MEMBERS = "public.provider_support_circle_members"


def make_specimens(world: World, name: str, table: Table, circles: Sequence[Row]) -> list[Row]:
    """Make them, as the owner of the database.

    Args:
        world: who and what there is.
        name: the table, qualified.
        table: its matrix.
        circles: from `make_circles`, for a matrix that speaks of them.

    Raises:
        UsageProblem: `proof_row_unknown`: the table needs a recipe.
    """
    if name == ORGANIZATIONS:
        return [Row(str(org), says, org) for org, says in _organizations(world)]
    if table.belongs_to == "organization":
        return [
            *_of_organizations(world, name, table),
            *_of_circles(world, name, circles),
            *_of_residents(world, name, table),
        ]
    if table.belongs_to == "person":
        return list(_of_people(world, name, table))
    return list(_of_nobody(world, name, table))


def _of_nobody(world: World, name: str, table: Table) -> Iterator[Row]:
    yield Row(str(world.factory.make(name, Setting())[KEY]), "a row of nobody")
    if any("active" in cells.values() for cells in table.access.values()):
        made = world.factory.make(name, Setting(), {"is_active": False})
        yield Row(str(made[KEY]), "a row that is not offered", is_active=False)


def _of_circles(world: World, name: str, circles: Sequence[Row]) -> Iterator[Row]:
    for circle in circles:
        setting = Setting(world.here, world.factory.make_person())
        made = world.factory.make(name, setting, {"circle_id": circle.key})
        yield Row(str(made[KEY]), circle.says, world.here, joined_by=circle.joined_by)


def _of_residents(world: World, name: str, table: Table) -> Iterator[Row]:
    """Of a resident who lets everybody who acts know, one who did once, one who lets them know all else."""
    if not any("linked" in cells.values() for cells in table.access.values()):
        return
    users = [actor.user for actor in world.actors if actor.user]
    topics = "enum_range(null::public.resident_topic)"
    for says, shared, withdrawn, linked_to in (
        ("a row about a resident who lets them know", f"array['{table.topic}']", "null", users),
        ("a row about a resident who let them know once", topics, "now()", []),
        (
            "a row about a resident who lets them know all else",
            f"array_remove({topics}, '{table.topic}')",
            "null",
            [],
        ),
    ):
        setting = Setting(world.here, world.factory.make_person(), world.other_site)
        resident = world.factory.make("public.residents", setting)
        for user in users:
            values = {
                "resident_id": resident["id"],
                "user_id": user,
                "topics": Sql(f"({shared})::public.resident_topic[]"),
                "withdrawn_at": Sql(withdrawn),
            }
            world.factory.make("public.resident_shares", setting, values)
        made = resident
        if name != "public.residents":
            made = world.factory.make(name, setting, _about(table, resident["id"]))
        yield Row(
            str(made[KEY]),
            says,
            world.here,
            made.get(table.owner_column),
            world.other_site,
            bool(made.get("is_shared")),
            linked_to=frozenset(linked_to),
        )


def _about(table: Table, resident: object) -> dict[str, object]:
    """What makes a row about a resident; a column that follows from whether it is shared is not written."""
    if table.resident_column == "shared_resident_id":
        return {"resident_id": resident, "is_shared": True}
    return {table.resident_column: resident}


def make_circles(world: World, table: Table) -> list[Row]:
    """A circle that every actor is in, one that all left, one of others; none if the matrix speaks of none.

    Returns:
        A row of each, whose key is that of the circle.
    """
    if not any("joined" in cells.values() for cells in table.access.values()):
        return []
    users = [actor.user for actor in world.actors if actor.user]
    circles = []
    for says, members, is_active in (
        ("a row of a circle that they are in", users, True),
        ("a row of a circle that they left", users, False),
        ("a row of a circle of others", [], True),
    ):
        circle = world.factory.make("public.provider_support_circles", Setting(world.here))["id"]
        for user in members:
            values = {"circle_id": circle, "is_active": is_active}
            world.factory.make(_CIRCLE_MEMBERS, Setting(world.here, user), values)
        joined_by = frozenset(members if is_active else ())
        circles.append(Row(str(circle), says, world.here, joined_by=joined_by))
    return circles


def _organizations(world: World) -> Iterator[tuple[UUID, str]]:
    yield world.here, "a row here"
    yield world.there, "a row of another organization"
    yield world.platform, "a row of the platform"


def _of_organizations(world: World, name: str, table: Table) -> Iterator[Row]:
    columns = world.factory.relation(name).columns
    is_sited = table.site_column in columns
    for org, says in _organizations(world):
        sites: list[UUID | None] = [*sorted(world.sites[org])] if is_sited else [None]
        if is_sited and not columns[table.site_column].is_required:
            sites.append(None)
        for site in sites:
            where = _where(world, site)
            for is_shared in (False, True) if "is_shared" in columns else (False,):
                owner = world.factory.make_person() if table.owner_column in columns else None
                setting = Setting(org, owner, site, is_shared)
                yield _made(world, name, table, f"{says}{where}{', shared' * is_shared}", setting)
    if table.owner_column not in columns:
        return
    for actor in world.actors:
        if actor.user is None:
            continue
        own = f"the own row of {actor.name}"
        home = world.home(actor)
        for site in sorted(world.sites[home]) if is_sited else [None]:
            yield _made(world, name, table, own + _where(world, site), Setting(home, actor.user, site))
        if home != world.there:
            yield _made(
                world, name, table, f"{own}, in another organization", Setting(world.there, actor.user)
            )


def _where(world: World, site: UUID | None) -> str:
    return " at a site" if site == world.site else " at another site" if site == world.other_site else ""


def _made(world: World, name: str, table: Table, says: str, setting: Setting) -> Row:
    made = world.factory.make(name, setting)
    owner, site = made.get(table.owner_column), made.get(table.site_column)
    joined_by = _members(world, made["circle_id"]) if "circle_id" in made else frozenset[UUID]()
    return Row(str(made[KEY]), says, setting.org, owner, site, setting.is_shared, joined_by=joined_by)


def _members(world: World, circle: UUID) -> frozenset[UUID]:
    """Who is in a circle now."""
    found = world.factory.conn.execute(
        f"select user_id from {_CIRCLE_MEMBERS} "
        "where circle_id = %s and is_active and deleted_at is null".encode(),
        [circle],
    )
    return frozenset(user for (user,) in found)


def _of_people(world: World, name: str, table: Table) -> Iterator[Row]:
    factory = world.factory
    yield _of_person(world, name, "the row of a person here", world.colleague, (), table)
    if table.link is not None:
        for known_to, says in (
            ((world.here,), "a person known here"),
            ((world.there,), "a person known to another organization"),
            ((world.here, world.there), "a person known to two organizations"),
        ):
            yield _of_person(world, name, says, factory.make_person(), known_to, table)
        for site, says in ((world.site, "the first site"), (world.other_site, "another site")):
            says = f"a person looked after at {says}"
            yield _of_person(world, name, says, factory.make_person(), (world.here,), table, site)
        yield _forgotten(world, name, table, table.link)
    for actor in world.actors:
        if actor.user is not None:
            yield _of_person(world, name, f"the own row of {actor.name}", actor.user, (world.there,), table)


def _of_person(
    world: World,
    name: str,
    says: str,
    owner: UUID,
    known_to: Sequence[UUID],
    table: Table,
    site: UUID | None = None,
) -> Row:
    made = world.factory.make(name, Setting(world.here, owner))
    sites = {site} if site else set()
    if table.link is None:
        known_to = ()
    else:
        link = f"public.{table.link.table}"
        for org in known_to:
            world.factory.make(link, Setting(org, site=site), {table.link.column: made["id"]})
        if "site_id" not in world.factory.relation(link).columns:
            sites = set()
    return Row(
        str(made[KEY]), says, owner=owner, known_to=frozenset(known_to), looked_after_at=frozenset(sites)
    )


def _forgotten(world: World, name: str, table: Table, link: Link) -> Row:
    """Somebody whom the organization has known and knows no more: the link is there and removed."""
    row = _of_person(
        world, name, "a person known here once", world.factory.make_person(), (world.here,), table
    )
    knowing = f"public.{link.table}"
    if "deleted_at" in world.factory.relation(knowing).columns:
        world.factory.conn.execute(
            f"update {knowing} set deleted_at = now() where {link.column} = %s".encode(), [row.key]
        )
        return Row(row.key, row.says, owner=row.owner)
    return row
