"""Carl reports, Nadia takes on, Mia closes, through the typed client; Hugo of another house sees nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from carebase.client.envelope import Envelope, enveloped
from carebase.client.shapes import BodyMark, PersonInvolved
from carebase.errors import Conflict, InvalidInput, NotFound, PermissionDenied, Unavailable
from carebase.models import GetSlaBoardResult, Incident, ListIncidentsResult
from tests.client.house import House
from tests.client.losing import LosingProxy, losing

NOW = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture(scope="module")
def lossy(house: House) -> Iterator[LosingProxy]:
    with losing(house.api.url) as proxy:
        yield proxy


def report(client: Any, house: House, **more: Any) -> UUID:
    values = {"kind": "fall", "severity": "moderate", "occurred_at": NOW, "description": "Slipped."} | more
    made = client.incidents.create(house.site, **values)
    assert isinstance(made, UUID)
    return made


def test_from_the_report_to_the_end(house: House, speak: Callable[..., Any]) -> None:
    carl, nadia, mia = speak("carl"), speak("nadia"), speak("mia")
    mark = BodyMark(x=500, y=120, side="front", kind="cut")
    ruth = PersonInvolved(role="involved", resident_id=house.resident)
    incident = report(carl, house, severity="severe", body_map=[mark], people=[ruth])
    row = nadia.incidents.get(incident)
    assert isinstance(row, Incident)
    assert (row.status, row.severity) == ("reported", "severe")
    [opened] = nadia.incidents.open([incident], purpose="operations")
    assert opened.description == "Slipped."
    assert opened.body_map == [mark.model_dump()]
    assert [line.resident_id for line in nadia.incidents.people.list({"incident_id": incident}).items] == [
        house.resident
    ]

    steps = [line for line in mia.incidents.board().items if line.incident_id == incident]
    assert all(isinstance(line, GetSlaBoardResult) for line in steps)
    assert [line.step for line in steps] == ["acknowledge", "act", "review", "close"]
    nadia.incidents.acknowledge(incident, assigned_to=house.people["nadia"].user_id)
    action = nadia.incidents.add_action(
        incident, assigned_to=house.people["carl"].user_id, action_text="Look at the rails."
    )
    carl.incidents.complete_action(action)
    nadia.incidents.add_followup(incident, note="Rails are loose.")
    with pytest.raises(Conflict):
        mia.incidents.close(incident, lessons="Rails are checked monthly.")
    mia.incidents.review(incident, findings="Loose rails.")
    mia.incidents.close(incident, lessons="Rails are checked monthly.")
    assert mia.incidents.get(incident).status == "closed"
    mia.incidents.reopen(incident, reason="It happened again.")
    assert mia.incidents.get(incident).status == "under_review"


def test_a_report_whose_answer_is_lost_is_made_once(
    house: House, speak: Callable[..., Any], lossy: LosingProxy
) -> None:
    count = "select count(*) from public.incidents where org_id = %s"
    before = house.api.sql(count, house.org)
    carl = speak("carl", lossy.url)
    lossy.lose("/rpc/report_incident", times=2)
    made = report(carl, house)
    assert lossy.arrived == 3
    assert house.api.sql(count, house.org) == before + 1  # type: ignore[operator]  # a number
    assert carl.incidents.get(made).id == made
    # Under the caller's own key it is the same report whenever it is sent.
    key = uuid4()
    assert report(carl, house, request_key=key) == report(carl, house, request_key=key)
    assert report(carl, house) != report(carl, house)


def test_what_cannot_be_repeated_is_not(house: House, speak: Callable[..., Any], lossy: LosingProxy) -> None:
    incident = report(speak("carl"), house)
    nadia = speak("nadia", lossy.url)
    lossy.lose("/rpc/add_incident_followup")
    with pytest.raises(Unavailable):
        nadia.incidents.add_followup(incident, note="Once.")
    assert lossy.arrived == 1
    assert len(nadia.incidents.followups.list({"incident_id": incident}).items) == 1


def test_pages_hold_each_once_whatever_is_reported_meanwhile(house: House, speak: Callable[..., Any]) -> None:
    carl, mia = speak("carl"), speak("mia")
    wanted = [report(carl, house, kind="property") for _ in range(5)]
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = mia.incidents.list(kind="property", site_id=house.site, limit=2, after=after)
        assert all(isinstance(line, ListIncidentsResult) for line in page.items)
        seen += [line.id for line in page.items]
        after, pages = page.next, pages + 1
        report(carl, house, kind="property")
    assert [each for each in seen if each in wanted] == wanted[::-1]
    assert len(seen) == len(set(seen))

    every = mia.incidents.list(limit=500)
    assert every.next is None
    for limit, after in ((0, None), (501, None), (5, "nonsense")):
        with pytest.raises(InvalidInput):
            mia.incidents.list(limit=limit, after=after)


def test_an_envelope_around_a_page_and_around_a_refusal(house: House, speak: Callable[..., Any]) -> None:
    carl = speak("carl")
    report(carl, house)
    good: Envelope[Any] = enveloped(lambda: carl.incidents.list(limit=1))
    assert good.error is None
    assert good.data is not None
    assert isinstance(good.data[0], ListIncidentsResult)
    assert good.meta == {"count": 1, "next": str(good.data[0].id)}
    bad: Envelope[Any] = enveloped(lambda: carl.incidents.close(uuid4()))
    assert (bad.data, bad.meta) == (None, {})
    assert bad.error is not None
    assert (bad.error.code, bad.error.status) == ("permission_denied", 403)
    wrong: Envelope[Any] = enveloped(lambda: report(carl, house, severity="awful"))
    assert wrong.error is not None
    assert (wrong.error.code, wrong.error.details) == ("invalid_input", {"field": "p_severity"})


def test_the_rules_of_the_house(house: House, speak: Callable[..., Any]) -> None:
    lea, carl = speak("lea"), speak("carl")
    rule = lea.incidents.regulator_rules.create(
        regulator=f"cqc_{uuid4().hex[:8]}", kind="fall", min_severity="severe", within_hours=24
    )
    changed = lea.incidents.regulator_rules.update(rule, within_hours=12)
    assert changed.within_hours == 12
    with pytest.raises(Conflict):
        lea.incidents.regulator_rules.update(rule, within_hours=6)
    with pytest.raises(PermissionDenied):
        carl.incidents.regulator_rules.archive(rule.id)
    lea.incidents.regulator_rules.archive(rule.id)
    with pytest.raises(NotFound):
        lea.incidents.regulator_rules.get(rule.id)


def test_nobody_deletes_or_rewrites_an_incident(speak: Callable[..., Any]) -> None:
    for name in ("archive", "update", "delete"):
        with pytest.raises(AttributeError):
            getattr(speak("mia").incidents, name)


def test_another_organization_sees_nothing(house: House, speak: Callable[..., Any]) -> None:
    incident = report(speak("carl"), house)
    hugo = speak("hugo")
    assert hugo.incidents.list().items == []
    assert hugo.incidents.board().items == []
    assert hugo.incidents.open([incident], purpose="operations") == []
    for attempt in (
        lambda: hugo.incidents.get(incident),
        lambda: hugo.incidents.acknowledge(incident),
        lambda: report(hugo, house),
    ):
        with pytest.raises(NotFound):
            attempt()
