"""Personas and audiences: the same in sql/access.toml, in the database and in the systems before."""

from __future__ import annotations

import pytest

from carebase.access.vocabulary import load_vocabulary
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.access.conftest import House, Story

# Who there was before, system by system.
BEFORE = {
    "RecoveryOS": {
        "platform admin", "organization owner", "organization admin", "property manager", "house manager",
        "staff", "resident", "family member", "referral partner",
    },
    "ADR-001": {"admin", "super admin", "care manager", "nurse", "provider"},
    "care-home plan": {"carer", "manager", "business owner", "compliance lead", "service role"},
    "studio scheduler": {"admin", "clinician", "patient", "service with an API key"},
    "relationships": {"provider", "patient"},
}  # fmt: skip


def test_nobody_who_was_there_before_is_forgotten(project: Project) -> None:
    found: dict[str, set[str]] = {}
    for persona in load_vocabulary(project).personas.values():
        for source in persona.sources:
            system, _, role = source.partition(": ")
            found.setdefault(system, set()).add(role)
    assert found == BEFORE


def test_personas_are_the_roles_of_the_database(project: Project, story: Story) -> None:
    roles = story.ask("select unnest(enum_range(null::public.app_role))::text")
    assert roles == list(load_vocabulary(project).personas)


def test_is_staff_is_the_audience_of_that_name(project: Project, story: Story) -> None:
    """Every persona in turn, as the only role of somebody."""
    vocabulary = load_vocabulary(project)
    for persona in vocabulary.personas:
        story.conn.execute("reset role")
        place = "hq" if persona == "super_admin" else "ash"
        story.conn.execute("select tests.add_person(%s, %s, %s, false)", [f"only {persona}", place, persona])
    staff = []
    for persona in vocabulary.personas:
        story.act_as(f"only {persona}")
        if story.ask(f"select {vocabulary.audiences['staff'].sql}") == [True]:
            staff.append(persona)
        for word in ("member", "signed_in"):
            assert story.ask(f"select {vocabulary.audiences[word].sql}") == [True], persona
    assert staff == vocabulary.expand(["staff"])


def test_who_has_no_role_is_in_the_audience_that_says_so(project: Project, story: Story) -> None:
    story.conn.execute("delete from public.role_assignments where user_id = tests.person('fay')")
    story.act_as("fay")
    for word, audience in load_vocabulary(project).audiences.items():
        assert story.ask(f"select {audience.sql}") == [audience.without_role], word


def test_audiences_expand_in_the_order_of_personas(project: Project) -> None:
    vocabulary = load_vocabulary(project)
    assert vocabulary.expand(["nurse", "admin", "nurse"]) == ["admin", "nurse"]
    assert vocabulary.expand(["member"]) == list(vocabulary.personas)
    assert len(vocabulary.expand(["staff", "patient"])) == 13


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"billing", "scheduler",\n]',
            '"biling",\n]',
            "sql/access.toml: audiences.staff.personas: 'biling' is",
        ),
        ("[personas.nurse]", "[personas.staff]", "sql/access.toml: audiences.staff: there is a persona"),
        ('from = ["RecoveryOS: resident"]', "", "sql/access.toml: personas.resident.from: Field required"),
        ('from = ["RecoveryOS: resident"]', 'from = ["x"]', "sql/access.toml: personas.resident.from.0: "),
        ('says = "Lives at a site."', 'says = ""', "sql/access.toml: personas.resident.says: "),
        ("[scopes.own]", "[scopes.own", "sql/access.toml: not valid TOML: "),
        (
            "without_role = true",
            "without_roles = true",
            "sql/access.toml: audiences.signed_in.without_roles: ",
        ),
    ],
)
def test_a_mistake_is_named_by_file_and_key(house: House, old: str, new: str, message: str) -> None:
    house.replace("sql/access.toml", old, new)
    with pytest.raises(UsageProblem) as caught:
        load_vocabulary(house.project)
    assert caught.value.code == "vocabulary_invalid"
    assert caught.value.message.startswith(message)
