"""Who lives at the homes of a demo organization, and the rooms and beds there, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from carebase.seeds.ids import Key
from carebase.seeds.insert import Row, TableRows, plain

Topic = Literal["profile", "care_plan", "daily_notes", "medication", "incidents", "documents"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Strict):
    """What a resident lets a relative (key of a person) know."""

    with_: Key = Field(alias="with")
    topics: list[Topic] = Field(min_length=1)


class Resident(_Strict):
    """Someone who lives at a site; `person` is the key of their sign-in, if they have one."""

    key: Key
    given: str
    family: str
    preferred: str
    born: date
    gender: str
    record: str
    site: Key
    person: Key | None = None
    shares: list[Share] = []


def place_rows(org_id: UUID, sites: dict[Key, int], seed: Callable[..., UUID]) -> Iterator[TableRows]:
    """Rooms of one bed each, as many as a site has beds.

    Args:
        org_id: the organization.
        sites: key of a site → how many beds.
        seed: the id of a row by its path of names.
    """
    places = [(site, number) for site, beds in sites.items() for number in range(1, beds + 1)]
    yield TableRows(
        "public.rooms",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": seed("rooms", site, number),
                "site_id": seed("sites", site),
                "name": str(number),
                "floor": "Ground floor" if number <= (sites[site] + 1) // 2 else "First floor",
            }
            for site, number in places
        ],
    )
    yield TableRows(
        "public.beds",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": seed("beds", site, number),
                "site_id": seed("sites", site),
                "room_id": seed("rooms", site, number),
                "name": "A",
            }
            for site, number in places
        ],
    )


def resident_rows(
    org_id: UUID,
    residents: list[Resident],
    seed: Callable[..., UUID],
    user: Callable[[Key], UUID],
    since: str,
) -> Iterator[TableRows]:
    """The people, how the organization knows them, where they live, and whom they let know what.

    Args:
        org_id: the organization.
        residents: from its file.
        seed: the id of a row by its path of names.
        user: the sign-in of a person by their key.
        since: the moment from which on they are here, for Postgres.
    """
    yield TableRows(
        "public.patients",
        ("id",),
        [
            {
                "id": seed("residents", each.key),
                "user_id": each.person and user(each.person),
                "given_names": plain([each.given]),
                "family_name": plain(each.family),
                "birth_date": plain(each.born),
                "gender": plain(each.gender),
            }
            for each in residents
        ],
    )
    yield TableRows(
        "public.org_patients",
        ("org_id", "patient_id"),
        [
            {
                "org_id": org_id,
                "patient_id": seed("residents", each.key),
                "medical_record_number": plain(each.record),
                "site_id": seed("sites", each.site),
            }
            for each in residents
        ],
    )
    yield TableRows(
        "public.residents",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": seed("residents", each.key),
                "site_id": seed("sites", each.site),
                "status": "resident",
                "preferred_name": plain(each.preferred),
            }
            for each in residents
        ],
    )
    stays = [
        (seed("admissions", each.key), seed("residents", each.key), each.site, number)
        for each, number in _beds(residents)
    ]
    yield TableRows(
        "public.admissions",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": admission,
                "resident_id": resident,
                "site_id": seed("sites", site),
                "kind": "permanent",
                "admitted_at": since,
            }
            for admission, resident, site, _ in stays
        ],
    )
    yield TableRows(
        "public.bed_stays",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": seed("bed_stays", site, number),
                "resident_id": resident,
                "site_id": seed("sites", site),
                "admission_id": admission,
                "bed_id": seed("beds", site, number),
                "bed_site_id": seed("sites", site),
                "stays_during": f'["{since}",)',
            }
            for admission, resident, site, number in stays
        ],
        # Whoever was transferred since has another bed, and whoever went has none.
        found_by=("org_id", "admission_id"),
    )
    yield TableRows(
        "public.resident_shares", ("org_id", "id"), list(_shares(org_id, residents, seed, user, since))
    )


def _beds(residents: list[Resident]) -> Iterator[tuple[Resident, int]]:
    """Each with the number of their room: the first who are named at a site have its first rooms."""
    taken: Counter[Key] = Counter()
    for each in residents:
        taken[each.site] += 1
        yield each, taken[each.site]


def _shares(
    org_id: UUID,
    residents: list[Resident],
    seed: Callable[..., UUID],
    user: Callable[[Key], UUID],
    since: str,
) -> Iterator[Row]:
    for each in residents:
        for share in each.shares:
            yield {
                "org_id": org_id,
                "id": seed("shares", each.key, share.with_),
                "resident_id": seed("residents", each.key),
                "site_id": seed("sites", each.site),
                "user_id": user(share.with_),
                "topics": share.topics,
                "agreed_by": "resident",
                "agreed_at": since,
            }
