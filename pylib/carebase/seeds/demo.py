"""The rows of one demo organization, computed from its file in `seeds/demo` and a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from carebase.seeds.checkin_values import checkin_values
from carebase.seeds.circles import circle_rows
from carebase.seeds.documents import DemoOrganization, Organization, Person
from carebase.seeds.ids import practitioner_id, seed_id, user_id
from carebase.seeds.insert import Row, TableRows, plain
from carebase.seeds.npi import made_up_npi
from carebase.seeds.residents import place_rows, resident_rows
from carebase.seeds.shift_reports import shift_report_rows
from carebase.seeds.weekdays import days_before


@dataclass(frozen=True)
class DemoRows:
    """Turns one file into rows.

    Attributes:
        slug: of the organization, the name of its file.
        org_id: its id.
        organization: its name, kind, licence and time zone.
        demo: the file.
        day: what the dates are relative to; history ends the day before.
        policy_version: of the privacy statement that its people agreed to.
    """

    slug: str
    org_id: UUID
    organization: Organization
    demo: DemoOrganization
    day: date
    policy_version: int

    def tables(self) -> Iterator[TableRows]:
        """All rows except the sign-ins, tables in the order in which they refer to each other."""
        yield from self._tenancy()
        yield from self._practitioners()
        yield from self._patients()
        yield from self._homes()
        yield TableRows(
            "public.provider_consents",
            ("org_id", "id"),
            list(self._consents()),
            # Who changed their mind since keeps to that.
            found_by=("org_id", "user_id"),
        )
        yield TableRows(
            "public.provider_daily_checkins", ("org_id", "user_id", "checkin_date"), list(self._checkins())
        )
        yield shift_report_rows(self.slug, self.org_id, self.demo, self.day, self.organization.time_zone)
        names = {person.key: f"{person.given} {person.family}" for person in self.demo.people}
        since = f"{self._since()} {self.organization.time_zone}"
        yield from circle_rows(self.slug, self.org_id, self.demo.circles, names, since)

    def _tenancy(self) -> Iterator[TableRows]:
        own = self.demo.organization
        yield TableRows(
            "public.organizations",
            ("id",),
            [{"id": self.org_id, "slug": self.slug, **own.model_dump()}] if own else [],
        )
        yield TableRows(
            "public.organization_feature_flags",
            ("org_id", "feature_key"),
            [
                {
                    "org_id": self.org_id,
                    "id": self._id("features", key),
                    "feature_key": key,
                    **override.model_dump(),
                }
                for key, override in self.demo.features.items()
            ],
        )
        yield TableRows(
            "public.properties",
            ("org_id", "id"),
            [
                {
                    "org_id": self.org_id,
                    "id": self._id("properties", place.key),
                    **place.model_dump(exclude={"key"}),
                }
                for place in self.demo.properties
            ],
        )
        yield TableRows(
            "public.sites",
            ("org_id", "id"),
            [
                {
                    "org_id": self.org_id,
                    "id": self._id("sites", site.key),
                    "property_id": site.property and self._id("properties", site.property),
                    "kind": site.kind,
                    "name": site.name,
                }
                for site in self.demo.sites
            ],
        )
        yield TableRows(
            "public.profiles",
            ("id",),
            [
                {
                    "id": self._user(person),
                    "display_name": f"{person.given} {person.family}",
                    "default_org_id": self.org_id,
                }
                for person in self.demo.people
            ],
        )
        yield TableRows(
            "public.role_assignments",
            ("org_id", "id"),
            [
                {
                    "org_id": self.org_id,
                    "id": self._id("roles", person.key, person.role),
                    "user_id": self._user(person),
                    "role": person.role,
                    "site_id": person.site and self._id("sites", person.site),
                    "valid_during": f"[{self._instant(self._since())},)",
                }
                for person in self.demo.people
            ],
        )

    def _practitioners(self) -> Iterator[TableRows]:
        providers = [(person, person.practitioner) for person in self.demo.people if person.practitioner]
        yield TableRows(
            "public.fhir_practitioners",
            ("id",),
            [
                {
                    "id": self._practitioner(person.key),
                    "user_id": self._user(person),
                    "npi": made_up_npi(provider.number),
                    "name_prefix": person.prefix,
                    "given_names": [person.given],
                    "family_name": person.family,
                    "specialties": provider.specialties,
                }
                for person, provider in providers
            ],
        )
        yield TableRows(
            "public.org_practitioners",
            ("org_id", "practitioner_id"),
            [
                {"org_id": self.org_id, "practitioner_id": self._practitioner(person.key)}
                for person, _ in providers
            ],
        )
        yield TableRows(
            "public.practitioner_roles",
            ("org_id", "id"),
            [
                {
                    "org_id": self.org_id,
                    "id": self._id("practitioner_roles", person.key),
                    "practitioner_id": self._practitioner(person.key),
                    "role_code": provider.role,
                    "role_display": provider.title,
                    "specialties": provider.specialties,
                    "active_during": f"[{self._instant(self._since())},)",
                }
                for person, provider in providers
            ],
        )

    def _homes(self) -> Iterator[TableRows]:
        yield from place_rows(self.org_id, {site.key: site.beds for site in self.demo.sites}, self._id)
        yield TableRows(
            "public.staff_members",
            ("org_id", "user_id"),
            [
                {
                    "org_id": self.org_id,
                    "user_id": self._user(person),
                    "job_title": person.job,
                    "employed_during": f"[{self.demo.since},)",
                }
                for person in self.demo.people
                if person.job
            ],
        )
        since = f"{self._since()} {self.organization.time_zone}"
        sign_in = {person.key: self._user(person) for person in self.demo.people}
        yield from resident_rows(self.org_id, self.demo.residents, self._id, sign_in.__getitem__, since)

    def _patients(self) -> Iterator[TableRows]:
        yield TableRows(
            "public.patients",
            ("id",),
            [
                {
                    "id": self._id("patients", patient.key),
                    "given_names": plain([patient.given]),
                    "family_name": plain(patient.family),
                    "birth_date": plain(patient.born),
                    "gender": plain(patient.gender),
                }
                for patient in self.demo.patients
            ],
        )
        yield TableRows(
            "public.org_patients",
            ("org_id", "patient_id"),
            [
                {
                    "org_id": self.org_id,
                    "patient_id": self._id("patients", patient.key),
                    "medical_record_number": plain(patient.record),
                }
                for patient in self.demo.patients
            ],
        )
        yield TableRows("public.encounters", ("org_id", "id"), list(self._visits()))

    def _visits(self) -> Iterator[Row]:
        for patient in self.demo.patients:
            visits = patient.visits
            for day in days_before(self.day, self.demo.history_days, visits.on):
                start = datetime.combine(day, visits.at)
                end = start + timedelta(minutes=visits.minutes)
                yield {
                    "org_id": self.org_id,
                    "id": self._id("encounters", patient.key, day),
                    "patient_id": self._id("patients", patient.key),
                    "provider_id": self._practitioner(visits.by),
                    "status": "finished",
                    "class_code": visits.class_,
                    "date_of_service": day,
                    "took_place_during": f"[{self._instant(start)},{self._instant(end)})",
                }

    @property
    def checks_in(self) -> bool:
        """Whether anybody does."""
        return any(person.checkins for person in self.demo.people)

    def _consents(self) -> Iterator[Row]:
        for person in self.demo.people:
            if person.checkins:
                yield {
                    "org_id": self.org_id,
                    "id": self._id("consents", person.key),
                    "practitioner_id": self._practitioner(person.key),
                    "user_id": self._user(person),
                    "level": person.checkins.level,
                    "policy_version": self.policy_version,
                    "given_at": f"{self._since()} {self.organization.time_zone}",
                }

    def _checkins(self) -> Iterator[Row]:
        for person in self.demo.people:
            if person.checkins is None:
                continue
            for day in days_before(self.day, self.demo.history_days, person.checkins.on):
                values = checkin_values(
                    self._user(person), day, person.checkins.setting, may_share=person.checkins.may_share
                )
                yield {
                    "org_id": self.org_id,
                    "id": self._id("checkins", person.key, day),
                    "practitioner_id": self._practitioner(person.key),
                    "user_id": self._user(person),
                    "checkin_date": day,
                    **values.model_dump(),
                }

    def _since(self) -> datetime:
        return datetime.combine(self.demo.since, datetime.min.time())

    def _instant(self, local: datetime) -> str:
        """A local time of the organization, for Postgres, which knows the time zones."""
        return f'"{local.isoformat(sep=" ")} {self.organization.time_zone}"'

    def _id(self, *path: object) -> UUID:
        return seed_id(self.slug, *path)

    def _user(self, person: Person) -> UUID:
        return user_id(self.slug, person.key)

    def _practitioner(self, person: str) -> UUID:
        return practitioner_id(self.slug, person)
