"""Fifty queries as frontends send them.

Each once as written under row-level security, once with the filter that a developer writes where there is
none.

`{where}` is `true` under row-level security and the filter without; `key` is the key of a row of the actor's
organization.
"""

from __future__ import annotations

from dataclasses import dataclass

_ORG = "{table}.org_id = %(org)s"
_LIVE = " and {table}.deleted_at is null"
_RELATED = """{table}.id = any(array(
  select link.{link}_id from public.org_{link}s as link
  where link.org_id = %(org)s and link.deleted_at is null
)) and {table}.deleted_at is null"""


@dataclass(frozen=True)
class Query:
    """One query: its name, who asks, its text, and the filter that stands for the policy."""

    name: str
    actor: str
    text: str
    filter: str
    writes: bool = False

    def secured(self) -> str:
        """As sent by a frontend under row-level security."""
        return self.text.replace("{where}", "true")

    def filtered(self) -> str:
        """As a developer writes it without."""
        return self.text.replace("{where}", self.filter)


# table, who asks, filter, columns, order, key, condition for a filtered list
_TABLES = (
    ("sites", "nurse", _ORG + _LIVE, "id,name,kind", "name", "id", "kind = 'house'"),
    ("properties", "nurse", _ORG + _LIVE, "id,name,city", "name", "id", "country_code = 'US'"),
    (
        "org_practitioners",
        "nurse",
        _ORG + _LIVE,
        "practitioner_id,is_active",
        "practitioner_id",
        "practitioner_id",
        "is_active",
    ),
    (
        "encounters",
        "nurse",
        _ORG + _LIVE,
        "id,patient_id,status,date_of_service",
        "date_of_service desc,id",
        "id",
        "date_of_service >= '2026-02-01'",
    ),
    ("org_patients", "nurse", _ORG + _LIVE, "patient_id,is_active", "patient_id", "patient_id", "is_active"),
    ("role_assignments", "admin", _ORG + _LIVE, "id,user_id,role", "user_id,id", "id", "role = 'nurse'"),
    (
        "patients",
        "nurse",
        _RELATED,
        "id,family_name,given_names",
        "created_at,id",
        "id",
        "birth_date_precision = 'day'",
    ),
    (
        "fhir_practitioners",
        "nurse",
        _RELATED,
        "id,family_name,given_names",
        "family_name",
        "id",
        "family_name = 'Family 7'",
    ),
    (
        "provider_daily_checkins",
        "nurse",
        _ORG + " and {table}.user_id = %(user)s",
        "id,checkin_date,stress_level",
        "checkin_date desc,id",
        "id",
        "checkin_date >= '2026-02-01'",
    ),
    (
        "provider_daily_checkins",
        "care_manager",
        _ORG + " and ({table}.user_id = %(user)s or {table}.is_shared)",
        "id,user_id,checkin_date,stress_level",
        "checkin_date desc,id",
        "id",
        "stress_level >= 8",
    ),
)
_LINKS = {"patients": "patient", "fhir_practitioners": "practitioner"}

_JOINS = (
    (
        "encounters with their patients",
        "nurse",
        """
select encounters.id, encounters.date_of_service, patients.family_name
from public.encounters inner join public.patients on patients.id = encounters.patient_id
where {where} order by encounters.date_of_service desc, encounters.id limit 50""",
        "encounters",
    ),
    (
        "sites with their properties",
        "nurse",
        """
select sites.id, sites.name, properties.name as property
from public.sites inner join public.properties
  on properties.org_id = sites.org_id and properties.id = sites.property_id
where {where} order by sites.name, sites.id limit 50""",
        "sites",
    ),
    (
        "practitioners of the organization by name",
        "nurse",
        """
select org_practitioners.practitioner_id, fhir_practitioners.family_name
from public.org_practitioners inner join public.fhir_practitioners
  on fhir_practitioners.id = org_practitioners.practitioner_id
where {where} order by fhir_practitioners.family_name, fhir_practitioners.id limit 50""",
        "org_practitioners",
    ),
    (
        "patients with their encounters",
        "care_manager",
        """
select org_patients.patient_id, (
  select count(*) from public.encounters
  where encounters.org_id = org_patients.org_id and encounters.patient_id = org_patients.patient_id
) as encounters
from public.org_patients where {where} order by org_patients.patient_id limit 50""",
        "org_patients",
    ),
    (
        "check-ins per week",
        "nurse",
        """
select date_trunc('week', provider_daily_checkins.checkin_date) as week, avg(stress_level) as stress
from public.provider_daily_checkins where {where} group by 1 order by 1 desc""",
        "provider_daily_checkins",
    ),
)
_WRITES = (
    (
        "insert a circle",
        """
insert into public.provider_support_circles (name, meeting_frequency)
values ('A circle', 'weekly') returning id""",
        """
insert into public.provider_support_circles (org_id, name, meeting_frequency)
values (%(org)s, 'A circle', 'weekly') returning id""",
    ),
    (
        "change the own profile",
        "update public.profiles set locale = 'en-GB' returning id",
        "update public.profiles set locale = 'en-GB' where id = %(user)s returning id",
    ),
)


def queries() -> list[Query]:
    """All of them, in the order of reporting."""
    made: list[Query] = []
    for table, actor, pattern, columns, order, key, condition in _TABLES:
        rows = pattern.format(table=table, link=_LINKS.get(table, ""))
        source = f"from public.{table} where {{where}}"
        says = f"{table} as {actor}"
        made += [
            Query(
                f"{says}: one by key", actor, f"select {columns} {source} and {table}.{key} = %(key)s", rows
            ),
            Query(f"{says}: first page", actor, f"select {columns} {source} order by {order} limit 50", rows),
            Query(
                f"{says}: filtered page",
                actor,
                f"select {columns} {source} and {condition} order by {order} limit 50",
                rows,
            ),
            Query(f"{says}: count", actor, f"select count(*) {source}", rows),
        ]
    for name, actor, text, table in _JOINS:
        own = " and {table}.user_id = %(user)s" if table == "provider_daily_checkins" else _LIVE
        made.append(Query(name, actor, text, (_ORG + own).format(table=table)))
    made += [
        Query(
            "own profile",
            "nurse",
            "select id, display_name from public.profiles where {where}",
            "id = %(user)s",
        ),
        Query(
            "the organization",
            "nurse",
            "select id, name from public.organizations where {where}",
            "id = %(org)s",
        ),
        Query(
            "own roles",
            "nurse",
            "select id, role from public.role_assignments where {where}",
            "org_id = %(org)s and user_id = %(user)s and deleted_at is null",
        ),
    ]
    for name, secured, filtered in _WRITES:
        made.append(_Write(name, "care_manager", secured, filtered, writes=True))
    return made


class _Write(Query):
    """A write: its two texts differ in more than a filter."""

    def secured(self) -> str:
        return self.text

    def filtered(self) -> str:
        return self.filter
