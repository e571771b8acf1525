"""Mia lets somebody move in, Nadia and Carl look after them, by the typed client, until they move out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from carebase.client.shapes import ContactDetails, EnquiryPerson
from carebase.errors import Conflict, InvalidInput, NotFound, PermissionDenied
from carebase.models import BedStay, Client, ListResidentsResult
from tests.client.house import House

DORA = ContactDetails(name="Dora Moss", phone="555-0100")


@pytest.fixture
def bed(house: House, speak: Callable[..., Any]) -> UUID:
    ada = speak("ada")
    room = ada.care_homes.rooms.create(site_id=house.site, name=f"Room {uuid4()}")
    made = ada.care_homes.beds.create(site_id=house.site, room_id=room.id, name="A").id
    assert isinstance(made, UUID)
    return made


def test_from_the_call_to_the_end_of_the_stay(house: House, speak: Callable[..., Any], bed: UUID) -> None:
    mia, nadia = speak("mia"), speak("nadia")
    asked = EnquiryPerson(family_name="Moss", preferred_name="Ruthie")
    enquiry = mia.residency.create(house.site, source="phone", contact=DORA, person=asked)
    [opened] = mia.residency.open([enquiry], purpose="operations")
    assert opened.details["contact"] == {"name": "Dora Moss", "phone": "555-0100"}
    for status in ("assessment", "offered"):
        mia.residency.move(enquiry, status=status)
    assert mia.residency.get(enquiry).status == "offered"
    assert enquiry in [each.id for each in mia.residency.list(site_id=house.site, status="offered").items]

    stay = mia.clients.create(bed_id=bed, enquiry_id=enquiry)
    assert isinstance(stay, BedStay)
    resident = stay.resident_id
    client = nadia.clients.get(resident)
    assert isinstance(client, Client)
    assert (client.care_home_id, client.status) == (house.site, "resident")
    [named] = [
        each
        for each in nadia.clients.directory(house.site, purpose="treatment", limit=500).items
        if each.id == resident
    ]
    assert isinstance(named, ListResidentsResult)
    assert (named.preferred_name, named.bed_id) == ("Ruthie", bed)
    [name] = nadia.clients.open([resident], purpose="treatment")
    assert name.preferred_name == "Ruthie"

    contact = nadia.clients.save_contact(resident, kind="relative", details=DORA, is_next_of_kin=True)
    [details] = nadia.clients.open_contacts([contact], purpose="treatment")
    assert details.details == {"name": "Dora Moss", "phone": "555-0100"}
    assert nadia.clients.contacts.get(contact).is_next_of_kin
    leave = nadia.clients.start_leave(resident, kind="hospital")
    assert nadia.clients.get(resident).status == "on_leave"
    assert nadia.clients.end_leave(resident).id == leave.id
    [line] = [each for each in mia.residency.board(house.site, limit=500).items if each.bed_id == bed]
    assert (line.state, line.resident_id) == ("occupied", resident)

    mia.clients.archive(resident, reason="own_choice", destination="own_home")
    assert nadia.clients.get(resident).status == "discharged"
    with pytest.raises(Conflict):
        mia.clients.archive(resident, reason="own_choice", destination="own_home")


def test_pages_hold_each_client_once_whoever_moves_in_meanwhile(
    house: House, speak: Callable[..., Any]
) -> None:
    carl = speak("carl")
    wanted = {house.make_resident(f"Client {number}") for number in range(4)}
    reads: tuple[Callable[..., Any], ...] = (
        lambda **page: carl.clients.list(care_home_id=house.site, status="resident", **page),
        lambda **page: carl.clients.directory(house.site, purpose="treatment", **page),
    )
    for read in reads:
        seen, after = [], None
        while True:
            page = read(limit=3, after=after)
            assert len(page.items) <= 3
            seen += [each.id for each in page.items]
            after = page.next
            if after is None:
                break
            if len(seen) < 6:
                house.make_resident("Newcomer")
        assert len(seen) == len(set(seen))
        assert wanted <= set(seen)
    with pytest.raises(InvalidInput):
        carl.clients.directory(house.site, purpose="treatment", limit=501)


def test_what_a_relative_is_let_know(house: House, speak: Callable[..., Any]) -> None:
    mia, finn, carl = speak("mia"), speak("finn"), speak("carl")
    resident = house.make_resident("Ida")
    assert [each.id for each in finn.clients.list().items if each.id == resident] == []
    note = carl.daily_notes.create(resident, kind="activity", note="Sang all morning.", is_shared=True)
    share = mia.clients.share(
        resident,
        user_id=house.people["finn"].user_id,
        topics=["profile", "daily_notes"],
        agreed_by="attorney",
    )
    assert finn.clients.get(resident).id == resident
    [read] = finn.daily_notes.list(resident, purpose="patient_request").items
    assert (read.note, read.recorded_by) == ("Sang all morning.", None)
    mia.clients.withdraw_share(share.id)
    with pytest.raises(NotFound):
        finn.clients.get(resident)
    hidden = carl.daily_notes.archive(note)
    assert hidden != note
    assert carl.daily_notes.list(resident, purpose="treatment").items == []


def test_a_day_is_handed_over(house: House, speak: Callable[..., Any]) -> None:
    carl, nadia = speak("carl"), speak("nadia")
    resident = house.make_resident("Tom")
    for value in (150, 200):
        carl.daily_notes.create(resident, kind="fluid_intake", measured_value=value, is_for_handover=True)
    [day] = carl.daily_notes.fluid_balance(resident, from_=datetime.now(UTC).date())
    assert (day.intake_ml, day.intake_count) == (350, 2)
    now = datetime.now(UTC)
    handover = carl.handovers.create(house.site, starts_at=now - timedelta(hours=1), ends_at=now)
    carl.handovers.add_item(handover.id, note="Boiler off at noon.", priority="urgent")
    page = nadia.handovers.items(handover.id, purpose="treatment", limit=1)
    assert [each.note for each in page.items] == ["Boiler off at noon."]
    rest = nadia.handovers.items(handover.id, purpose="treatment", after=page.next)
    assert "urgent" not in {each.priority for each in rest.items}
    nadia.handovers.acknowledge(handover.id)
    with pytest.raises(Conflict):
        carl.handovers.add_item(handover.id, note="And the lift.")
    assert nadia.handovers.get(handover.id).id == handover.id
    assert handover.id in [each.id for each in nadia.handovers.list(house.site).items]


def test_who_looks_after_nobody_writes_nothing(house: House, speak: Callable[..., Any], bed: UUID) -> None:
    with pytest.raises(PermissionDenied):
        speak("carl").clients.create(bed_id=bed, patient_id=house.resident)
    hugo = speak("hugo")
    assert hugo.clients.list().items == []
    assert hugo.clients.directory(house.site, purpose="treatment").items == []
    assert hugo.clients.open([house.resident], purpose="treatment") == []
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: hugo.clients.get(house.resident),
        lambda: hugo.clients.archive(house.resident, reason="own_choice", destination="own_home"),
        lambda: hugo.clients.save_contact(house.resident, kind="relative", details=DORA),
        lambda: hugo.residency.create(house.site, source="phone", contact=DORA),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_details_are_not_shown() -> None:
    assert "Dora" not in repr(DORA) + str([DORA])
