"""Carl brings a file, Mia and the relative read it, everybody reads the policy, through the typed client."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from carebase.client import files
from carebase.errors import (
    Conflict,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    Unavailable,
    UnexpectedResponse,
)
from carebase.models import BeginUploadResult, ListResidentDocumentsResult
from tests.client.house import House
from tests.client.losing import losing
from tests.client.wire_server import Answer, WireServer

TEXT = b"%PDF-1.7 Wishes of Ruth, in her own words."
PDF = "application/pdf"
PLACE = BeginUploadResult(id=uuid4(), bucket_id="policy-files", object_path=f"{uuid4()}/{uuid4()}")


def bring(client: Any, house: House, content: bytes = TEXT, **more: Any) -> BeginUploadResult:
    values = {"bucket": "resident-docs", "file_name": "wishes.pdf", "mime_type": PDF} | more
    if values["bucket"] == "resident-docs":
        values.setdefault("resident_id", house.resident)
    made = client.documents.upload(content, **values)
    assert isinstance(made, BeginUploadResult)
    return made


def scanned(house: House, begun: BeginUploadResult) -> None:
    house.api.sql(
        "select app.record_scan(org_id, id, 'clean') from public.file_uploads where id = %s", begun.id
    )


def test_from_the_file_to_its_readers(house: House, speak: Callable[..., Any]) -> None:
    carl, mia, nadia, hugo = speak("carl"), speak("mia"), speak("nadia"), speak("hugo")
    begun = bring(carl, house)
    [made] = carl.documents.attach_to_resident(
        house.resident, file_id=begun.id, category="advance_decision", title="Wishes"
    )
    with pytest.raises(NotFound):
        mia.documents.download(begun)
    scanned(house, begun)
    [listed] = [
        line
        for line in mia.documents.list_of_resident(house.resident, purpose="treatment").items
        if line.document_id == made.document_id
    ]
    assert isinstance(listed, ListResidentDocumentsResult)
    assert (listed.title, listed.version_no) == ("Wishes", 1)
    assert mia.documents.download(listed) == TEXT
    with pytest.raises(NotFound):
        hugo.documents.download(listed)
    assert hugo.documents.list_of_resident(house.resident, purpose="treatment").items == []

    # The next version, and what is known of it.
    [second] = carl.documents.attach_to_resident(
        house.resident,
        file_id=bring(carl, house, b"%PDF-1.7 Other wishes.").id,
        category="advance_decision",
        title="Wishes",
        document_id=made.document_id,
    )
    assert second.version_no == 2
    row = nadia.documents.of_residents.get(second.id)
    shared = nadia.documents.of_residents.update(row, is_shared=True)
    assert shared.is_shared
    with pytest.raises(Conflict):
        mia.documents.of_residents.update(row, is_shared=False)
    nadia.documents.archive_of_resident(made.document_id)
    left = mia.documents.list_of_resident(house.resident, purpose="treatment").items
    assert made.document_id not in [line.document_id for line in left]


@pytest.mark.parametrize("lost", ["/storage/v1/object/", "/rpc/finish_upload"])
def test_a_lost_answer_makes_no_second_file(house: House, speak: Callable[..., Any], lost: str) -> None:
    count = "select count(*) from public.file_uploads where org_id = %s"
    before = house.api.sql(count, house.org)
    with losing(house.api.url) as lossy:
        lossy.lose(lost)
        begun = bring(speak("carl", lossy.url), house)
        assert lossy.arrived == 2
    assert house.api.sql(count, house.org) == before + 1  # type: ignore[operator]  # a number
    scanned(house, begun)
    assert speak("carl").documents.uploads.get(begun.id).scan_status == "clean"


def test_what_was_not_announced_does_not_arrive(house: House, speak: Callable[..., Any]) -> None:
    carl, cleo = speak("carl"), speak("cleo")
    [begun] = carl.documents.begin_upload(
        bucket="resident-docs",
        file_name="a.pdf",
        mime_type=PDF,
        byte_size=len(TEXT),
        sha256=hashlib.sha256(TEXT).hexdigest(),
        resident_id=house.resident,
    )
    request = files.upload_request(begun.bucket_id, begun.object_path, TEXT, PDF)
    with pytest.raises(PermissionDenied):
        cleo._send(request)
    with pytest.raises(Conflict):
        carl.documents.finish_upload(begun.id)
    with pytest.raises(InvalidInput):
        carl._send(files.upload_request(begun.bucket_id, begun.object_path, TEXT[:-1] + b"!", PDF))


def test_restricted_documents(house: House, speak: Callable[..., Any]) -> None:
    mia, carl, lea = speak("mia"), speak("carl"), speak("lea")
    begun = bring(carl, house, bucket="incident-evidence", site_id=house.site)
    incident = carl.incidents.create(
        house.site,
        kind="fall",
        severity="low",
        occurred_at=datetime.now(UTC),
        description="Slipped.",
    )
    [made] = carl.documents.create(begun.id, entity_type="incident", entity_id=incident, title="A picture")
    scanned(house, begun)
    [line] = mia.documents.list(purpose="operations", entity_type="incident", entity_id=incident).items
    assert (line.id, line.title) == (made.document_id, "A picture")
    assert mia.documents.download(line) == TEXT
    document = lea.documents.get(made.document_id)
    assert lea.documents.restricted.update(document, expires_on=datetime.now(UTC).date()).expires_on
    assert len(mia.documents.versions.list({"document_id": made.document_id}).items) == 1
    mia.documents.archive(made.document_id)
    assert mia.documents.list(purpose="operations", entity_id=incident, entity_type="incident").items == []


def test_a_policy_is_read_by_everybody(house: House, speak: Callable[..., Any]) -> None:
    lea, carl = speak("lea"), speak("carl")
    begun = bring(lea, house, bucket="policy-files", file_name="hygiene.pdf")
    scanned(house, begun)
    policy = lea.documents.publish_policy(
        code=f"hygiene_{uuid4().hex[:8]}",
        title="Hygiene",
        file_id=begun.id,
        effective_on=datetime.now(UTC).date(),
        read_within_days=7,
    )
    [due] = [line for line in carl.documents.outstanding_policies() if line.policy_id == policy.id]
    assert carl.documents.download(due) == TEXT
    carl.documents.acknowledge_policy(policy.id)
    readers = {line.user_id: line.acknowledged_at for line in lea.documents.policy_readers(policy.id).items}
    assert readers[house.people["carl"].user_id] is not None
    assert readers[house.people["cleo"].user_id] is None
    lea.documents.archive_policy(policy.id)
    assert policy.id not in [line.policy_id for line in speak("cleo").documents.outstanding_policies()]


def test_what_does_not_fit_is_refused_before_it_is_sent(house: House, speak: Callable[..., Any]) -> None:
    carl, finn = speak("carl"), speak("finn")
    with pytest.raises(InvalidInput) as refused:
        bring(carl, house, mime_type="application/x-msdownload")
    assert refused.value.field == "mime_type"
    with pytest.raises(PermissionDenied):
        bring(finn, house)
    with pytest.raises(NotFound):
        bring(carl, house, resident_id=uuid4())


def test_the_local_stack_signs_no_addresses(house: House, speak: Callable[..., Any]) -> None:
    carl = speak("carl")
    with pytest.raises(NotFound):
        carl.documents.signed_url(bring(carl, house))


def test_hosted_storage_signs_addresses(wire: WireServer, make_client: Callable[..., Any]) -> None:
    """As Supabase Storage answers: below its own address, with a token."""
    path = f"/object/sign/{PLACE.bucket_id}/{PLACE.object_path}?token=abc"
    wire.will(Answer.of({"signedURL": path}))
    assert make_client(wire.url).documents.signed_url(PLACE, seconds=90) == f"{wire.url}/storage/v1{path}"
    [seen] = wire.seen
    assert seen.path == f"/storage/v1/object/sign/{PLACE.bucket_id}/{PLACE.object_path}"
    assert json.loads(seen.body) == {"expiresIn": 90}
    wrong: tuple[Any, ...] = ({"signedURL": "//elsewhere.example/x"}, {"signedURL": None}, [])
    for answer in wrong:
        wire.will(Answer.of(answer))
        with pytest.raises(UnexpectedResponse):
            make_client(wire.url).documents.signed_url(PLACE)
    for seconds in (0, 3601):
        with pytest.raises(InvalidInput):
            make_client(wire.url).documents.signed_url(PLACE, seconds=seconds)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"statusCode": "404", "error": "not_found", "message": "Object not found"}, NotFound),
        (400, {"statusCode": "409", "error": "Duplicate", "message": "exists"}, Conflict),
        (400, {"statusCode": "403", "error": "Unauthorized", "message": "new row ..."}, PermissionDenied),
        (413, {"statusCode": "413", "error": "Payload too large"}, InvalidInput),
        (401, {}, NotAuthenticated),
        (503, {}, Unavailable),
    ],
)
def test_what_storage_refuses_is_an_error_of_ours(
    wire: WireServer,
    make_client: Callable[..., Any],
    status: int,
    body: dict[str, str],
    kind: type[Exception],
) -> None:
    wire.will(Answer.of(body, status))
    with pytest.raises(kind) as caught:
        make_client(wire.url, max_attempts=1).documents.download(PLACE)
    assert "row" not in str(caught.value)


def test_no_place_but_those_of_the_database(make_client: Callable[..., Any]) -> None:
    client = make_client("http://127.0.0.1:1")
    for path in ("../../secret", "a/b", f"{PLACE.object_path}?x=1", f"{PLACE.object_path}/.."):
        with pytest.raises(InvalidInput):
            client.documents.download(PLACE.model_copy(update={"object_path": path}))
    with pytest.raises(InvalidInput):
        client.documents.download(PLACE.model_copy(update={"bucket_id": "../x"}))
