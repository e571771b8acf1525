"""Files over HTTP: begun, uploaded, scanned, read where their document is read, and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx
import pytest
from storage3.exceptions import StorageApiError

from tests.api.conftest import Api, Person

TEXT = b"%PDF-1.7 Wishes of Ruth, in her own words."
PDF = "application/pdf"


@dataclass(frozen=True)
class House:
    """A home with a resident, who works there and at another, her relatives, and another organization."""

    api: Api
    site: UUID
    resident: UUID
    people: dict[str, Person] = field(repr=False)

    def call(self, who: str, name: str, **body: object) -> httpx.Response:
        headers = self.people[who].headers(self.api)
        return httpx.post(f"{self.api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    def begin(self, who: str, content: bytes = TEXT, **body: object) -> dict[str, str]:
        given = {
            "p_bucket": "resident-docs",
            "p_file_name": "wishes.pdf",
            "p_mime_type": PDF,
            "p_byte_size": len(content),
            "p_sha256": hashlib.sha256(content).hexdigest(),
            "p_resident_id": str(self.resident),
        }
        answer = self.call(who, "begin_upload", **{**given, **body})
        assert answer.status_code == 200, answer.text
        [begun] = answer.json()
        return dict(begun)

    def post(
        self,
        who: str | None,
        path: str,
        content: bytes = TEXT,
        type_: str = PDF,
        bucket: str = "resident-docs",
    ) -> httpx.Response:
        headers = self.people[who].headers(self.api) if who else {"apikey": self.api.publishable_key}
        return httpx.post(
            f"{self.api.url}/storage/v1/object/{bucket}/{path}",
            content=content,
            headers={**headers, "content-type": type_},
            timeout=60,
        )

    def get(self, who: str | None, path: str, bucket: str = "resident-docs") -> httpx.Response:
        headers = self.people[who].headers(self.api) if who else {"apikey": self.api.publishable_key}
        return httpx.get(f"{self.api.url}/storage/v1/object/{bucket}/{path}", headers=headers, timeout=60)

    def readers(self, path: str, bucket: str = "resident-docs") -> set[str]:
        answers = {who: self.get(who, path, bucket) for who in self.people}
        assert {answer.status_code for answer in answers.values()} <= {200, 404}
        assert all(answer.content == TEXT for answer in answers.values() if answer.status_code == 200)
        return {who for who, answer in answers.items() if answer.status_code == 200}

    def scan(self, file_id: str, status: str) -> None:
        self.api.sql(
            "select app.record_scan(org_id, id, %s) from public.file_uploads where id = %s", status, file_id
        )

    def move(self, site: UUID) -> None:
        self.api.sql("update public.org_patients set site_id = %s where patient_id = %s", site, self.resident)


@pytest.fixture(scope="module")
def house(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> House:
    org, elsewhere = make_org("lakeside"), make_org("harbor")
    site = api.sql("select tests.make_site(%s, 'The Elms')", org)
    other = api.sql("select tests.make_site(%s, 'The Oaks')", org)
    people = {
        "carl": make_person("carer", org),
        "mia": make_person("manager", org),
        "mona": make_person("manager", org),
        "finn": make_person("family", org),
        "gus": make_person("family", org),
        "ola": make_person("org_owner", org),
        "lea": make_person("compliance_lead", org),
        "ada": make_person("admin", org),
        "hugo": make_person("manager", elsewhere),
    }
    for names, where in ((("carl", "mia"), site), (("mona",), other)):
        for name in names:
            api.sql(
                "update public.role_assignments set site_id = %s where user_id = %s",
                where,
                people[name].user_id,
            )
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)
    api.sql("select tests.share_resident(%s, %s, %s, 'documents')", org, resident, people["finn"].user_id)
    api.sql("select tests.share_resident(%s, %s, %s, 'profile')", org, resident, people["gus"].user_id)
    assert isinstance(site, UUID)
    assert isinstance(resident, UUID)
    return House(api, site, resident, people)


def test_a_file_is_read_where_its_document_is(api: Api, house: House) -> None:
    """From the announcement to the relative, in the order in which it happens."""
    begun = house.begin("carl")
    path = begun["object_path"]
    assert house.readers(path) == set()
    assert house.call("carl", "finish_upload", p_id=begun["id"]).json()["code"] == "conflict"
    uploaded = house.post("carl", path)
    assert uploaded.status_code == 200, uploaded.text
    assert uploaded.json() == {"Key": f"resident-docs/{path}", "Id": begun["id"]}
    assert house.call("carl", "finish_upload", p_id=begun["id"]).json() == "pending"
    assert house.readers(path) == {"carl"}

    attached = house.call(
        "carl",
        "attach_resident_document",
        p_resident_id=str(house.resident),
        p_file_id=begun["id"],
        p_category="advance_decision",
        p_title="Wishes",
        p_is_shared=True,
    )
    assert attached.status_code == 200, attached.text
    assert house.readers(path) == {"carl"}
    house.scan(begun["id"], "clean")
    # Owners and compliance leads look across all homes; finn may know of documents, gus of other things.
    assert house.readers(path) == {"carl", "mia", "ola", "lea", "finn"}
    listed = house.call(
        "finn", "list_resident_documents", p_resident_id=str(house.resident), p_purpose="treatment"
    ).json()
    assert [(each["title"], each["object_path"]) for each in listed] == [("Wishes", path)]

    answer = house.get("mia", path)
    assert answer.headers["content-type"] == PDF
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "attachment"
    assert house.get(None, path).status_code == 401

    other = api.sql("select id from public.sites where name = 'The Oaks'")
    assert isinstance(other, UUID)
    house.move(other)
    assert house.readers(path) == {"mona", "ola", "lea", "finn"}
    house.move(house.site)
    assert house.readers(path) == {"carl", "mia", "ola", "lea", "finn"}

    api.sql("update public.file_uploads set scan_status = 'infected' where id = %s", begun["id"])
    assert house.readers(path) == set()


def test_supabase_clients_upload_and_download(house: House) -> None:
    begun = house.begin("carl")
    bucket = house.people["carl"].client.storage.from_("resident-docs")
    bucket.upload(begun["object_path"], TEXT, {"content-type": PDF})
    assert bucket.download(begun["object_path"]) == TEXT
    with pytest.raises(StorageApiError):
        bucket.upload(begun["object_path"], TEXT, {"content-type": PDF})
    with pytest.raises(StorageApiError):
        house.people["mona"].client.storage.from_("resident-docs").download(begun["object_path"])


@pytest.mark.parametrize(
    ("content", "type_", "status"),
    [
        (TEXT + b"!", PDF, 400),
        (TEXT + b"!" * 20_000, PDF, 413),
        (TEXT[:-1], PDF, 400),
        (TEXT[:-1] + b"!", PDF, 400),
        (TEXT, "text/html", 415),
        (b"", PDF, 400),
    ],
    ids=["longer", "much longer", "shorter", "other bytes", "other type", "nothing"],
)
def test_what_was_not_announced_is_not_kept(house: House, content: bytes, type_: str, status: int) -> None:
    begun = house.begin("carl")
    refused = house.post("carl", begun["object_path"], content, type_)
    assert refused.status_code == status, refused.text
    assert house.get("carl", begun["object_path"]).status_code == 404
    assert house.post("carl", begun["object_path"]).status_code == 200


def test_only_its_uploader_writes_and_once(api: Api, house: House) -> None:
    begun = house.begin("carl")
    path = begun["object_path"]
    for who in ("mia", "mona", "finn", "ola", "hugo"):
        assert house.post(who, path).status_code == 403, who
    assert house.post(None, path).status_code == 401
    assert house.post("carl", path, bucket="policy-files").status_code == 403
    assert house.post("carl", f"{path.split('/')[0]}/{uuid4()}").status_code == 403
    assert house.post("carl", path).status_code == 200
    assert house.post("carl", path).status_code == 409
    assert house.call("carl", "finish_upload", p_id=begun["id"]).json() == "pending"
    assert house.post("carl", path).status_code == 403

    late = house.begin("carl")
    api.sql("alter table public.file_uploads disable trigger _100_stamp")
    api.sql(
        "update public.file_uploads set created_at = now() - interval '25 hours' where id = %s", late["id"]
    )
    api.sql("alter table public.file_uploads enable trigger _100_stamp")
    assert house.post("carl", late["object_path"]).status_code == 403


def test_nothing_else_is_served(api: Api, house: House) -> None:
    """No way out of the folder, nothing but files, no other verb; a token not of ours is nobody's."""
    begun = house.begin("carl")
    org, name = begun["object_path"].split("/")
    headers = house.people["carl"].headers(api)
    with httpx.Client(base_url=api.url, headers=headers, timeout=20) as client:
        for path in (
            f"resident-docs/{org}/..%2f..%2f{name}",
            f"resident-docs/../resident-docs/{org}/{name}/..",
            f"..%2f..%2f{org}/{name}",
            "resident-docs/%2e%2e/%2e%2e/stack.json",
            f"resident-docs/{org}",
            f"resident-docs/{org}/{name}.part",
            f"resident-docs/{org.upper()}/{name}",
            "",
        ):
            assert client.get(f"/storage/v1/object/{path}").status_code == 404, path
            assert client.post(f"/storage/v1/object/{path}", content=TEXT).status_code == 404, path
        for path in ("bucket", "object/list/resident-docs", f"object/sign/resident-docs/{org}/{name}"):
            assert client.post(f"/storage/v1/{path}", json={}).status_code == 404, path
        place = f"/storage/v1/object/resident-docs/{org}/{name}"
        assert client.delete(place).status_code == 405
        assert client.put(place, content=TEXT).status_code == 405
        token = house.people["carl"].token
        head, claims, signature = token.split(".")
        for forged in (
            f"{head}.{claims}.",
            f"eyJhbGciOiJub25lIn0.{claims}.",
            f"{head}.{claims}.{signature[::-1]}",
            "x",
        ):
            answer = client.post(place, content=TEXT, headers={"authorization": f"Bearer {forged}"})
            assert answer.status_code == 401, forged
        assert client.get(place, headers={"apikey": "sb_publishable_other"}).status_code == 401


def test_policies_and_evidence(api: Api, house: House) -> None:
    """A policy is for who works here; evidence for who manages the site, and not for who brought it."""
    policy = house.begin("lea", p_bucket="policy-files", p_resident_id=None)
    refused = house.call(
        "carl",
        "begin_upload",
        p_bucket="policy-files",
        p_file_name="x",
        p_mime_type=PDF,
        p_byte_size=1,
        p_sha256="0" * 64,
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert house.post("lea", policy["object_path"], bucket="policy-files").status_code == 200
    assert house.call("lea", "finish_upload", p_id=policy["id"]).status_code == 200
    published = house.call(
        "lea",
        "publish_policy",
        p_code="safeguarding_adults",
        p_title="Safeguarding adults",
        p_file_id=policy["id"],
        p_effective_on="2026-01-01",
        p_read_within_days=7,
    )
    assert published.status_code == 200, published.text
    house.scan(policy["id"], "unscanned")
    staff = {"carl", "mia", "mona", "ola", "lea", "ada"}
    assert house.readers(policy["object_path"], "policy-files") == staff
    [outstanding] = house.call("carl", "list_outstanding_policies").json()
    assert house.call("carl", "acknowledge_policy", p_policy_id=outstanding["policy_id"]).status_code == 200
    assert house.call("carl", "list_outstanding_policies").json() == []
    unread = house.call("mia", "list_policy_readers", p_policy_id=outstanding["policy_id"]).json()
    assert unread == []  # nobody here is on the staff list

    evidence = house.begin("carl", p_bucket="incident-evidence")
    assert house.post("carl", evidence["object_path"], bucket="incident-evidence").status_code == 200
    assert house.call("carl", "finish_upload", p_id=evidence["id"]).status_code == 200
    attached = house.call(
        "carl",
        "attach_document",
        p_file_id=evidence["id"],
        p_entity_type="incident",
        p_title="Bruise, left arm",
    )
    assert attached.status_code == 200, attached.text
    house.scan(evidence["id"], "clean")
    assert house.readers(evidence["object_path"], "incident-evidence") == {"mia", "ola", "lea"}


def test_flag_off_and_anonymous(api: Api, house: House, http: httpx.Client) -> None:
    calls: dict[str, dict[str, object]] = {
        "begin_upload": {
            "p_bucket": "staff-files",
            "p_file_name": "x",
            "p_mime_type": PDF,
            "p_byte_size": 1,
            "p_sha256": "0" * 64,
        },
        "finish_upload": {"p_id": str(uuid4())},
        "list_documents": {"p_purpose": "operations"},
        "list_outstanding_policies": {},
    }
    for name, body in calls.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
    begun = house.begin("carl")
    assert house.post("carl", begun["object_path"]).status_code == 200
    off = """insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
             values (%s, 'documents', false)"""
    api.sql(off, house.people["carl"].org_id)
    for name, body in calls.items():
        answer = house.call("carl", name, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name
    assert house.get("carl", begun["object_path"]).status_code == 404
