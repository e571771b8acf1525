"""Care homes to try the console in: The Hazels and The Willows, made by those who run them, through the API.

They belong to the demo's Meadowbank Homes, and everybody in them is made up. Whoever signs in there has the
password of the demo. `As` is a person at a desk without a browser: who sets a scene, or changes something
behind somebody's back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
from playwright.sync_api import expect

from tests.console.conftest import Site, Visit

ZONE = ZoneInfo("Europe/London")
MEADOW = "meadow"
OWNER = "owner@example.net"
ADMIN = "admin@example.net"
COMPLIANCE = "compliance@example.net"
MANAGER = "hazel.manager@example.net"
COORDINATOR = "care.manager@example.net"
NURSE = "hazel.nurse@example.net"
OTHER_NURSE = "hazel.nurse2@example.net"
CARER = "hazel.carer@example.net"
OTHER_CARER = "hazel.carer2@example.net"
RESIDENT = "olive@example.net"
DAUGHTER = "olive.daughter@example.net"

# E-mail address → name, role, at The Hazels only, job title of who is employed.
_PEOPLE = {
    MANAGER: ("Hattie Hazelwood", "manager", True, "Home manager"),
    COORDINATOR: ("Clement Sedge", "care_manager", False, "Care manager"),
    NURSE: ("Nancy Fernleigh", "nurse", True, "Registered nurse"),
    OTHER_NURSE: ("Nico Bracken", "nurse", True, "Registered nurse"),
    CARER: ("Clover Meadowsweet", "carer", True, "Care assistant"),
    OTHER_CARER: ("Colm Thistle", "carer", True, "Care assistant"),
    RESIDENT: ("Olive Marsh", "resident", True, None),
    DAUGHTER: ("Daphne Marsh", "family", False, None),
}
# Bed → who lives there: what they are called, and their names.
_RESIDENTS = {
    "1A": ("Olive", "Olive", "Marsh"),
    "1B": ("Percy", "Percival", "Wren"),
    "2A": ("Tilly", "Matilda", "Croft"),
}
BEDS = {names[0]: bed for bed, names in _RESIDENTS.items()}
# What Olive lets her daughter know.
TOPICS = ["profile", "care_plan", "daily_notes", "medication", "incidents"]
_ROOMS = {"Room 1": ("1A", "1B"), "Room 2": ("2A",), "Room 3": ("3A",), "Room 4": ("4A", "4B")}


class As:
    """A person, and what they ask of the API."""

    def __init__(self, site: Site, email: str) -> None:
        self.email = email
        self._http = httpx.Client(
            base_url=site.stack.state.api_url,
            headers={"apikey": site.stack.state.publishable_key},
            timeout=60,
            trust_env=False,
        )
        answer = self._http.post(
            "/auth/v1/token?grant_type=password", json={"email": email, "password": site.password}
        )
        assert answer.status_code == 200, answer.text
        self.id: str = answer.json()["user"]["id"]
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def call(self, name: str, **arguments: object) -> Any:
        """What an RPC answers."""
        answer = self._http.post(f"/rest/v1/rpc/{name}", json=arguments)
        assert answer.status_code in (200, 204), (name, answer.text)
        return answer.json() if answer.content else None

    def add(self, table: str, *rows: dict[str, object]) -> list[dict[str, Any]]:
        """Rows of a table, as they are then."""
        answer = self._http.post(
            f"/rest/v1/{table}", json=list(rows), headers={"Prefer": "return=representation"}
        )
        assert answer.status_code == 201, (table, answer.text)
        made: list[dict[str, Any]] = answer.json()
        return made

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Those of a table that they see."""
        answer = self._http.get(f"/rest/v1/{table}")
        assert answer.status_code == 200, answer.text
        seen: list[dict[str, Any]] = answer.json()
        return seen

    def close(self) -> None:
        self._http.close()


@dataclass
class Home:
    """A care home, and who and what is in it."""

    site: Site
    id: str
    beds: dict[str, str]
    residents: dict[str, str] = field(default_factory=dict)
    people: dict[str, As] = field(default_factory=dict)

    def as_(self, email: str) -> As:
        """Somebody, signed in once."""
        if email not in self.people:
            self.people[email] = As(self.site, email)
        return self.people[email]

    def today(self) -> date:
        return datetime.now(ZONE).date()

    def monday(self, weeks: int = 0) -> date:
        """The Monday of a week by the clock of the home."""
        return self.today() - timedelta(days=self.today().weekday(), weeks=-weeks)


def _hire(site: Site, hazels: str) -> None:
    with httpx.Client(
        base_url=site.stack.state.api_url, headers={"apikey": site.stack.state.publishable_key}, timeout=60
    ) as http:
        for email, (name, role, is_here, job) in _PEOPLE.items():
            answer = http.post("/auth/v1/signup", json={"email": email, "password": site.password})
            assert answer.status_code == 200, answer.text
            site.sql(
                f"""with person as (select id from auth.users where email = '{email}'),
                    home as (select org_id, id from public.sites where id = '{hazels}'),
                    profile as (
                      insert into public.profiles (id, display_name) select id, '{name}' from person
                      on conflict (id) do update set display_name = excluded.display_name),
                    employed as (
                      insert into public.staff_members (org_id, user_id, job_title, employed_during)
                      select home.org_id, person.id, '{job}', '[2020-01-01,)' from person, home
                      where {"true" if job else "false"})
                    insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
                    select home.org_id, person.id, '{role}', {"home.id" if is_here else "null"},
                      tstzrange(now() - interval '1 year', null)
                    from person, home"""
            )


def _build(owner: As, name: str, rooms: dict[str, tuple[str, ...]]) -> tuple[str, dict[str, str]]:
    [made] = owner.add("sites", {"kind": "care_home", "name": name, "time_zone": str(ZONE)})
    beds: dict[str, str] = {}
    for room, names in rooms.items():
        [placed] = owner.add("rooms", {"site_id": made["id"], "name": room})
        for bed in names:
            [put] = owner.add("beds", {"site_id": made["id"], "room_id": placed["id"], "name": bed})
            beds[bed] = put["id"]
    return made["id"], beds


def _admit(manager: As, home: Home, bed: str) -> str:
    called, given, family = _RESIDENTS[bed]
    enquiry = manager.call(
        "create_enquiry",
        p_site_id=home.id,
        p_source="phone",
        p_contact={"name": f"{family}, a relative"},
        p_person={"family_name": family, "given_names": given, "preferred_name": called},
    )
    for status in ("assessment", "offered"):
        manager.call("move_enquiry", p_enquiry_id=enquiry, p_status=status)
    stay = manager.call("admit_resident", p_bed_id=home.beds[bed], p_enquiry_id=enquiry)
    resident: str = stay["resident_id"]
    return resident


def found_homes(site: Site) -> tuple[Home, Home]:
    """The Hazels, where three people live, and The Willows, which is empty."""
    owner = As(site, OWNER)
    hazels = Home(site, *_build(owner, "The Hazels", _ROOMS))
    willows = Home(site, *_build(owner, "The Willows", {"Room 1": ("W1",), "Room 2": ("W2",)}))
    hazels.people[OWNER] = owner
    _hire(site, hazels.id)
    site.sql(f"update public.beds set is_active = false where id = '{hazels.beds['3A']}'")
    manager = hazels.as_(MANAGER)
    _qualify(hazels)
    hazels.residents = {_RESIDENTS[bed][0]: _admit(manager, hazels, bed) for bed in _RESIDENTS}
    olive, daughter = hazels.residents["Olive"], hazels.as_(DAUGHTER)
    site.sql(f"update public.patients set user_id = '{hazels.as_(RESIDENT).id}' where id = '{olive}'")
    manager.call("share_resident", p_resident_id=olive, p_user_id=daughter.id, p_topics=TOPICS)
    return hazels, willows


def plan_care(home: Home) -> dict[str, str]:
    """What Olive needs, as the nurse has published it, and what is to be done today: tasks by kind."""
    nurse = home.as_(NURSE)
    content = {
        "needs": "Drinks too little by herself.",
        "goals": "A litre and a half a day.",
        "interventions": "Offer tea and water, sit with her.",
    }
    draft = nurse.call(
        "start_care_plan",
        p_resident_id=home.residents["Olive"],
        p_plan_type="hydration",
        p_risk_level="medium",
        p_content=content,
    )
    nurse.call("publish_care_plan", p_version_id=draft["id"], p_version=draft["version"])
    tasks = {}
    for kind, words in (
        ("hydration", "A cup of tea, and sit with her."),
        ("nutrition", "Soft breakfast."),
        ("skin", "Look at both heels."),
        ("observation", "Blood pressure, sitting."),
    ):
        tasks[kind] = nurse.call(
            "add_care_plan_task",
            p_care_plan_id=draft["care_plan_id"],
            p_task_kind=kind,
            p_instructions=words,
            p_first_on=home.today().isoformat(),
            p_first_time="00:00" if kind == "skin" else "23:00",
            p_grace_minutes=1440,
        )["id"]
    return tasks


def need_staff(home: Home) -> None:
    """What The Hazels needs each day."""
    manager = home.as_(MANAGER)
    for name, skill, starts, ends, needed in (
        ("Early", "care", "07:00", "15:00", 2),
        ("Late", "care", "14:30", "22:00", 1),
        ("Night", "care", "21:45", "07:15", 1),
        ("Nurse", "nursing", "08:00", "16:00", 1),
    ):
        manager.call(
            "create_shift_template",
            p_site_id=home.id,
            p_name=name,
            p_skill=skill,
            p_starts_local=starts,
            p_ends_local=ends,
            p_needed_count=needed,
        )


def _qualify(home: Home) -> None:
    """Whoever works there has whatever the demo asks of them before they may be on a rota."""
    compliance = home.as_(COMPLIANCE)
    courses = {course["code"]: course["id"] for course in compliance.rows("training_courses")}
    for person in compliance.call("get_training_matrix", p_site_id=home.id):
        for code in person["gaps"]:
            about = {"p_user_id": person["user_id"]}
            day = (home.today() - timedelta(days=1)).isoformat()
            if code in courses:
                compliance.call("record_training", **about, p_course_id=courses[code], p_completed_on=day)
            else:
                check = {**about, "p_kind": code, "p_status": "clear", "p_checked_on": day}
                compliance.call("record_staff_check", **check)


def ask_for_first_aid(home: Home) -> None:
    """Nurses have to know first aid, and are kept off the rota without."""
    compliance = home.as_(COMPLIANCE)
    [course] = compliance.add(
        "training_courses", {"code": "first_aid", "title": "First aid at work", "validity_months": 12}
    )
    compliance.add(
        "training_requirements", {"course_id": course["id"], "role": "nurse", "blocks_rostering": True}
    )


def key() -> str:
    """Of a request, as the page makes one for each tap."""
    return str(uuid4())


def ask_for(here: Visit, purpose: str = "Giving care") -> Visit:
    """Say what one looks for, once a visit."""
    here.page.get_by_label(purpose).check()
    here.page.get_by_role("button", name="Show").click()
    expect(here.page.get_by_text(f"What for: {purpose}")).to_be_visible()
    return here.settled()
