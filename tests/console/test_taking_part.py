"""Taking part as one nurse lives it, from the first no to deleting everything."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from playwright.sync_api import expect

from tests.console.conftest import Site, VisitAs
from tests.console.test_checkin import check_in, fill

NURSE = "nurse5@example.com"


def test_a_nurse_agrees_checks_in_takes_her_data_and_has_them_deleted(
    site: Site, visit: VisitAs, tmp_path: Path
) -> None:
    me = site.user_id(NURSE)
    site.sql(f"update public.provider_consents set withdrawn_at = now() where user_id = '{me}'")
    here = visit(NURSE)
    page = here.page
    fill(here)
    check_in(here)
    expect(here.heading()).to_have_text("Taking part")
    expect(page.get_by_text("You do not take part")).to_be_visible()
    page.get_by_label("Anonymous").check()
    page.get_by_role("button", name="I agree and take part").click()
    expect(page.get_by_label("Patients contacted")).to_have_value("6")
    check_in(here)
    expect(page.get_by_role("heading", name="Checked in for")).to_be_visible()

    here.go("participation")
    expect(page.get_by_text("You take part: Anonymous.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "mine.json")
    assert json.loads((tmp_path / "mine.json").read_text())["user_id"] == me
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a table").click()
    assert download.value.suggested_filename == "resilience-data.csv"
    download.value.save_as(tmp_path / "mine.csv")
    with (tmp_path / "mine.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"table_name", "row_number", "column_name", "value"}
    said = {(row["table_name"], row["column_name"]): row["value"] for row in rows}
    assert said["provider_consents", "level"] == "anonymous"
    assert said["provider_anonymous_checkins", "patients_contacted_today"] == "6"

    page.get_by_role("button", name="Delete everything").click()
    sure = page.get_by_role("dialog", name="Delete everything about you")
    expect(sure.get_by_role("button", name="Cancel")).to_be_focused()
    sure.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("You do not take part")).to_be_visible()
    assert site.sql(f"select count(*) from public.provider_consents where user_id = '{me}'") == [(0,)]
