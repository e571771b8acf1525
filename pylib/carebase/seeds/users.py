"""Who can sign in to the demo."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from carebase.project import Project
from carebase.seeds.documents import load_demo, load_reference
from carebase.seeds.ids import user_id


class DemoUser(BaseModel):
    """One of the demo's people who can sign in.

    `work_setting` is where a nurse checks in from each day, None for people who do not check in; `may_share`
    says whether she lets others read a check-in.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    email: str
    persona: str
    organization: str
    work_setting: str | None
    may_share: bool = False


def demo_users(project: Project) -> list[DemoUser]:
    """All people of the demo, the largest organization first, as its file orders them.

    Raises:
        UsageProblem: `seed_file_invalid`.

    Example:
        >>> [user.email for user in demo_users(Project.find()) if user.persona == "care_manager"]
        ['caremanager@example.com']
    """
    names = {organization.slug: organization.name for organization in load_reference(project).organizations}
    demos = sorted(load_demo(project).items(), key=lambda item: -len(item[1].people))
    return [
        DemoUser(
            id=user_id(slug, person.key),
            name=f"{person.given} {person.family}",
            email=person.email,
            persona=person.role,
            organization=demo.organization.name if demo.organization else names[slug],
            work_setting=person.checkins.setting if person.checkins else None,
            may_share=person.checkins.may_share if person.checkins else False,
        )
        for slug, demo in demos
        for person in demo.people
    ]
