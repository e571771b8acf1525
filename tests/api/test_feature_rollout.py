"""Features over HTTP: rolled out, overridden, declined, hidden; and the settings beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person

FEATURE = "brain_generator"
COUNT = 12


@pytest.fixture(scope="module")
def sam(api: Api, make_person: Callable[..., Person]) -> Person:
    """Who runs the platform."""
    platform = api.sql("select id from public.organizations where kind = 'platform'")
    assert isinstance(platform, UUID)
    return make_person("super_admin", platform)


@pytest.fixture(scope="module")
def owners(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> list[Person]:
    """The owners of organizations with a standard licence."""
    return [make_person("org_owner", make_org(f"rollout-{number}")) for number in range(COUNT)]


@pytest.fixture(autouse=True)
def as_it_was(api: Api) -> Iterator[None]:
    """Each test leaves the flag as it is sold."""
    yield
    api.sql("delete from public.organization_feature_flags where feature_key = %s", FEATURE)
    api.sql(
        """update public.nurseos_feature_flags
           set is_enabled_globally = false, rollout_percent = 100, required_license_tier = 'standard'
           where feature_key = %s""",
        FEATURE,
    )


@pytest.fixture
def call(http: httpx.Client, api: Api) -> Callable[..., httpx.Response]:
    def post(person: Person, name: str, **arguments: Any) -> httpx.Response:
        return http.post(f"/rest/v1/rpc/{name}", json=arguments, headers=person.headers(api))

    return post


@pytest.fixture
def is_on(call: Callable[..., httpx.Response]) -> Callable[[Person], bool]:
    def ask(person: Person) -> bool:
        answer = call(person, "is_feature_enabled", p_feature_key=FEATURE).json()
        menu = call(person, "get_my_features").json()
        assert [row["is_enabled"] for row in menu if row["feature_key"] == FEATURE] == [answer]
        return bool(answer)

    return ask


def test_a_rollout_in_steps_takes_nothing_back(
    sam: Person,
    owners: list[Person],
    call: Callable[..., httpx.Response],
    is_on: Callable[[Person], bool],
) -> None:
    had: set[UUID] = set()
    for percent in (0, 10, 50, 100):
        answer = call(
            sam,
            "set_feature_flag",
            p_feature_key=FEATURE,
            p_is_enabled_globally=True,
            p_rollout_percent=percent,
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["rollout_percent"] == percent
        has = {owner.org_id for owner in owners if is_on(owner)}
        assert had <= has
        had = has
        assert bool(has) or percent < 100
    assert had == {owner.org_id for owner in owners}


def test_a_beta_is_for_one_organization(
    sam: Person,
    owners: list[Person],
    call: Callable[..., httpx.Response],
    is_on: Callable[[Person], bool],
) -> None:
    beta, other = owners[:2]
    given = {"p_org_id": str(beta.org_id), "p_feature_key": FEATURE}
    assert call(sam, "set_organization_feature", **given, p_is_enabled=True, p_reason="Beta").json() is True
    assert (is_on(beta), is_on(other)) == (True, False)
    # Declined, and wanted again.
    assert call(beta, "set_my_organization_feature", p_feature_key=FEATURE, p_is_wanted=False).json() is False
    assert is_on(beta) is False
    assert call(beta, "set_my_organization_feature", p_feature_key=FEATURE, p_is_wanted=True).json() is True
    assert call(sam, "set_organization_feature", **given, p_is_enabled=None).json() is False
    assert is_on(beta) is False


def test_an_owner_gives_nothing_to_themselves(
    sam: Person, owners: list[Person], call: Callable[..., httpx.Response]
) -> None:
    owner, other = owners[:2]
    answer = call(owner, "set_my_organization_feature", p_feature_key=FEATURE, p_is_wanted=True)
    assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled")
    for name, arguments in (
        ("set_feature_flag", {"p_feature_key": FEATURE, "p_is_enabled_globally": True}),
        (
            "set_organization_feature",
            {"p_feature_key": FEATURE, "p_org_id": str(owner.org_id), "p_is_enabled": True},
        ),
        (
            "set_organization_feature",
            {"p_feature_key": FEATURE, "p_org_id": str(other.org_id), "p_is_enabled": True},
        ),
    ):
        answer = call(owner, name, **arguments)
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied"), name


def test_past_the_rpc_nobody_opens_a_feature(
    api: Api, http: httpx.Client, owners: list[Person], sam: Person
) -> None:
    owner = owners[0]
    row = {"feature_key": FEATURE, "is_enabled": True}
    flags = "/rest/v1/organization_feature_flags"
    assert http.post(flags, json=row, headers=owner.headers(api)).status_code == 403
    foreign = {"org_id": str(owners[1].org_id), "feature_key": FEATURE, "is_wanted": False}
    assert http.post(flags, json=foreign, headers=owner.headers(api)).status_code == 403
    assert (
        http.patch(
            f"/rest/v1/organizations?id=eq.{owner.org_id}",
            json={"license_tier": "enterprise"},
            headers=owner.headers(api),
        ).status_code
        == 403
    )
    assert http.get(flags, headers=sam.headers(api)).json() == []


def test_a_wrong_setting_is_named(owners: list[Person], call: Callable[..., httpx.Response]) -> None:
    for changes, setting in (
        ({"session_idle_minutes": 2}, "session_idle_minutes"),
        ({"mfa_roles": ["wizard"]}, "mfa_roles"),
        ({"branding": {"logo_url": "javascript:alert(1)"}}, "branding.logo_url"),
        ({"theme": "dark"}, "theme"),
    ):
        answer = call(owners[0], "update_organization_settings", p_changes=changes)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")
        assert json.loads(answer.json()["details"]) == {"field": "p_changes", "setting": setting}
        assert answer.json()["message"].startswith(f"{setting}: ")


def test_settings_act_on_the_next_request(
    api: Api, http: httpx.Client, owners: list[Person], call: Callable[..., httpx.Response]
) -> None:
    owner = owners[2]

    def menu() -> dict[str, bool]:
        return {row["feature_key"]: row["is_enabled"] for row in call(owner, "get_my_features").json()}

    assert menu()["patient_modules"] is True
    changes = {"standalone": True, "branding": {"product_name": "Harbor Calm", "primary_color": "#0055aa"}}
    kept = call(owner, "update_organization_settings", p_changes=changes).json()
    assert kept == {"mfa_roles": [], **changes}
    assert menu()["patient_modules"] is False
    (shown,) = http.get("/rest/v1/company_settings", headers=owner.headers(api)).json()
    assert (shown["is_standalone"], shown["product_name"], shown["primary_color"]) == (
        True,
        "Harbor Calm",
        "#0055aa",
    )
    # The rule that would lock the owner out, who has no second factor here, holds from the next request on.
    assert (
        call(owner, "update_organization_settings", p_changes={"mfa_roles": ["org_owner"]}).status_code == 200
    )
    refused = call(owner, "get_my_features")
    assert (refused.status_code, refused.json()["code"]) == (403, "mfa_required")
