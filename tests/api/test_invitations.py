"""From an invitation to a role and back over HTTP, by two people who signed up through the gateway."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
from supabase import Client

from tests.api.conftest import PASSWORD, Api, Person

LIMIT_BY_PERSON = 20


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside", asks_second_factor=True)


@pytest.fixture(scope="module")
def odile(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    """The owner, who has to have a second factor."""
    return make_person("org_owner", lakeside)


@pytest.fixture(scope="module")
def newcomers() -> Callable[[], str]:
    """An address that nobody has signed up with yet."""
    numbers = iter(range(1, 1000))
    return lambda: f"newcomer{next(numbers)}@example.com"


def second_factor(api: Api, token: str) -> str:
    """The token that the auth layer issues once the second factor is given; locally there is none to give."""
    claims = jwt.decode(token, api.jwt_secret, algorithms=["HS256"], audience="authenticated")
    api.sql("update auth.sessions set aal = 'aal2' where id = %s", claims["session_id"])
    return jwt.encode({**claims, "aal": "aal2"}, api.jwt_secret, algorithm="HS256")


def call(api: Api, token: str, function: str, **arguments: object) -> httpx.Response:
    """One RPC with exactly this token."""
    headers = {"apikey": api.publishable_key, "Authorization": f"Bearer {token}"}
    return httpx.post(f"{api.url}/rest/v1/rpc/{function}", json=arguments, headers=headers, timeout=30)


def sign_up(api: Api, email: str) -> tuple[Client, str]:
    client = api.client()
    client.auth.sign_up({"email": email, "password": PASSWORD})
    session = client.auth.sign_in_with_password({"email": email, "password": PASSWORD}).session
    assert session
    return client, session.access_token


def refusal(answer: httpx.Response) -> tuple[int, str]:
    body: Any = answer.json()
    return answer.status_code, body["code"]


def test_from_invitation_to_role_and_back(
    api: Api, odile: Person, lakeside: UUID, newcomers: Callable[[], str]
) -> None:
    email = newcomers()
    assert refusal(call(api, odile.token, "invite_member", p_email=email, p_role="nurse")) == (
        403,
        "mfa_required",
    )
    owner = second_factor(api, odile.token)
    invited = call(api, owner, "invite_member", p_email=email.upper(), p_role="nurse")
    assert invited.status_code == 200, invited.text
    invitation = invited.json()
    assert set(invitation) == {"invitation_id", "email", "role", "site_id", "expires_at", "token"}
    assert (invitation["email"], invitation["role"]) == (email, "nurse")

    nina, token = sign_up(api, email)
    assert nina.table("organizations").select("*").execute().data == []
    accepted = nina.rpc(
        "accept_invitation", {"p_token": invitation["token"], "p_display_name": "Nina"}
    ).execute()
    assert (accepted.data["org_id"], accepted.data["role"]) == (str(lakeside), "nurse")

    # The next request, with the token of before.
    assert [org["id"] for org in nina.table("organizations").select("id").execute().data] == [str(lakeside)]
    checkin = {"p_work_setting": "clinic", "p_stress_level": 3, "p_energy_level": 5}
    assert (
        refusal(call(api, token, "submit_daily_checkin", **checkin))[1] == "permission_denied"
    )  # no record yet
    assert refusal(call(api, token, "get_members")) == (403, "permission_denied")

    members = call(api, owner, "get_members", p_role="nurse").json()
    assert [member["display_name"] for member in members] == ["Nina"]
    revoked = call(api, owner, "revoke_role", p_role_assignment_id=members[0]["role_assignment_id"])
    assert revoked.status_code == 200, revoked.text
    assert nina.table("organizations").select("*").execute().data == []
    assert refusal(call(api, token, "get_my_checkins")) == (403, "permission_denied")

    granted = call(api, owner, "grant_role", p_user_id=members[0]["user_id"], p_role="scheduler")
    assert granted.status_code == 200, granted.text
    assert len(nina.table("organizations").select("*").execute().data) == 1


def test_whoever_holds_anothers_token_learns_nothing(
    api: Api, odile: Person, newcomers: Callable[[], str]
) -> None:
    email = newcomers()
    owner = second_factor(api, odile.token)
    token = call(api, owner, "invite_member", p_email=email, p_role="carer").json()["token"]
    _, thief = sign_up(api, newcomers())
    stolen = call(api, thief, "accept_invitation", p_token=token)
    guessed = call(api, thief, "accept_invitation", p_token="x" * 43)
    assert refusal(stolen) == (404, "not_found")
    assert stolen.json() == guessed.json()

    _, invited = sign_up(api, email)
    assert call(api, invited, "accept_invitation", p_token=token).status_code == 200
    replayed = call(api, invited, "accept_invitation", p_token=token)
    assert replayed.json() == guessed.json()


def test_the_ids_of_another_organization_are_strange(
    api: Api, odile: Person, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    harbor = make_org("harbor", asks_second_factor=True)
    hedy = make_person("org_owner", harbor)
    nurse = make_person("nurse", harbor)
    theirs = second_factor(api, hedy.token)
    site = api.sql(
        "insert into public.sites (org_id, kind, name) values (%s, 'house', 'Pier') returning id", harbor
    )
    invited = call(api, theirs, "invite_member", p_email="pier@example.com", p_role="carer").json()
    held = call(api, theirs, "get_members", p_role="nurse").json()[0]

    owner = second_factor(api, odile.token)
    calls: list[tuple[str, dict[str, object], str]] = [
        ("revoke_invitation", {}, "p_invitation_id"),
        ("revoke_role", {}, "p_role_assignment_id"),
        ("grant_role", {"p_role": "carer"}, "p_user_id"),
        ("invite_member", {"p_role": "carer", "p_email": "x@example.com"}, "p_site_id"),
    ]
    ids = [invited["invitation_id"], held["role_assignment_id"], str(nurse.user_id), str(site)]
    for (function, rest, parameter), foreign in zip(calls, ids, strict=True):
        answers = [call(api, owner, function, **rest, **{parameter: one}) for one in (foreign, str(uuid4()))]
        assert refusal(answers[0]) == (404, "not_found"), function
        assert answers[0].json() == answers[1].json(), function
    assert call(api, owner, "get_members", p_site_id=str(site)).json() == []


def test_the_last_owner_stays(api: Api, odile: Person) -> None:
    owner = second_factor(api, odile.token)
    mine = call(api, owner, "get_members", p_role="org_owner").json()
    answer = call(api, owner, "revoke_role", p_role_assignment_id=mine[0]["role_assignment_id"])
    assert refusal(answer) == (409, "conflict")
    assert answer.json()["hint"] == "Make somebody else an owner first."


def test_too_many_invitations_are_told_when_to_come_back(
    api: Api, make_org: Callable[..., UUID], make_person: Callable[..., Person]
) -> None:
    busy = make_org("busy", asks_second_factor=True)
    people = [second_factor(api, make_person("admin", busy).token) for _ in range(2)]

    def invite(token: str, number: int) -> httpx.Response:
        return call(api, token, "invite_member", p_email=f"busy{number}@example.com", p_role="carer")

    # Twice as often, should the hour end in between.
    answers = (invite(people[0], number) for number in range(2 * LIMIT_BY_PERSON + 1))
    done, refused = next((n, answer) for n, answer in enumerate(answers) if answer.status_code != 200)
    assert done >= LIMIT_BY_PERSON
    assert refusal(refused) == (429, "rate_limited")
    details = json.loads(refused.json()["details"])
    assert (details["action"], details["limit"]) == ("invite_member_person", LIMIT_BY_PERSON)
    assert refused.headers["retry-after"] == str(details["retry_after"])
    assert 1 <= details["retry_after"] <= 3600
    assert invite(people[1], 1000).status_code == 200  # somebody else is not concerned


def test_a_new_organization_begins_with_an_invitation(api: Api, make_person: Callable[..., Person]) -> None:
    platform = api.sql("select id from public.organizations where kind = 'platform'")
    assert isinstance(platform, UUID)
    sam = make_person("super_admin", platform)
    answer = call(
        api,
        sam.token,
        "create_organization",
        p_name="Brook",
        p_slug="brook",
        p_kind="care_home",
        p_license_tier="basic",
        p_time_zone="Europe/Vienna",
        p_owner_email="olga@example.com",
    )
    assert answer.status_code == 200, answer.text
    founded = answer.json()
    client, token = sign_up(api, "olga@example.com")
    client.rpc("accept_invitation", {"p_token": founded["token"]}).execute()
    assert refusal(call(api, token, "get_members")) == (403, "mfa_required")
    members = call(api, second_factor(api, token), "get_members").json()
    assert [(member["display_name"], member["role"]) for member in members] == [("olga", "org_owner")]
