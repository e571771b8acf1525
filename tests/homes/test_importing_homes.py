"""`carebase import homes`: lists as they are published become sites, registrations, rooms and beds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.homes import import_homes
from carebase.problems import UsageProblem
from carebase.seeds.npi import made_up_npi
from tests.commands import carebase

FIRST, SECOND = made_up_npi(7001), made_up_npi(7002)
# The headers and the form of the lists as they are published; the homes are made up.
US = (
    "provider_num,npi,name,address,city,state,zip,fips_county,lat,lon,phone,provider_type_code,category,emergency,"
    "upin,pin,region_code,bed_count,clia_lab_number\n"
    '"075001","@1","SAMPLE NURSING HOME, INC.","12 EXAMPLE STREET","SAMPLETON",CT,"060673501","003",'
    '41.6554981,-72.65257978186958,"8605550100","00-18","01-02",false,,,"01",3,"07D0093325"\n'
    ',"@2","EXAMPLE MANOR","1 MAIN ST","EXAMPLEVILLE",NC,"275263602",,35.6,-78.8,"9195550100","00-18"'
    ",,,,,,,\n"
)
CQC = (
    "Care Quality Commission\n\n"
    "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,"
    "Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,"
    "CQC Location ID (for office use only),CQC Provider ID (for office use only)\n"
    'The Elms,,"1 High Street, Sampleton",AB1 2CD,01632960001,www.example.org,'
    '"Nursing homes|Residential homes",'
    '03/02/2026,"Dementia|Caring for adults over 65 yrs",Caf\u00e9 Care Ltd,Sampleshire,South West,'
    "https://www.example.org/1-1000000001,1-1000000001,1-2000000001\n"
)


@dataclass
class County:
    """A database with an organization that has no sites, and a folder for files."""

    url: str
    folder: Path

    def put(self, text: str, name: str = "homes.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        text = text.replace("@1", FIRST).replace("@2", SECOND)
        path.write_text(text, encoding=encoding, newline="")
        return path

    def rows(self, query: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row) as conn:
            return conn.execute(query.encode()).fetchall()

    def everything(self) -> list[dict[str, Any]]:
        """Every row that an import writes, versions included."""
        tables = ("properties", "sites", "site_registrations", "rooms", "beds")
        return [
            row for table in tables for row in self.rows(f"select t.* from public.{table} as t order by id")
        ]

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url) as conn:
            conn.execute(statement.encode())


@pytest.fixture
def county(database: str, tmp_path: Path) -> County:
    made = County(database, tmp_path)
    made.execute(
        "insert into public.organizations (name, slug, kind, license_tier, time_zone) "
        "values ('County', 'county', 'care_home', 'standard', 'America/Chicago')"
    )
    return made


def test_a_list_of_us_nursing_facilities(county: County) -> None:
    report = import_homes(county.url, "county", county.put(US))
    assert (report.inserted, report.refused, report.beds) == (2, 0, 3)
    sites = county.rows(
        "select sites.name, kind::text, telephone, city, region, postal_code, country_code, latitude::text "
        "from public.sites inner join public.properties using (org_id) "
        "where properties.id = sites.property_id order by sites.name desc"
    )
    assert sites[0] == {
        "name": "SAMPLE NURSING HOME, INC.",
        "kind": "care_home",
        "telephone": "8605550100",
        "city": "SAMPLETON",
        "region": "CT",
        "postal_code": "06067-3501",
        "country_code": "US",
        "latitude": "41.655498",
    }
    numbers = county.rows("select registry::text, registration from public.site_registrations order by 1, 2")
    assert [tuple(row.values()) for row in numbers] == [
        ("us_ccn", "075001"),
        ("us_npi", FIRST),
        ("us_npi", SECOND),
    ]
    assert county.rows("select name from public.rooms order by name") == [{"name": n} for n in "123"]
    assert report.headers["beds"] == "bed_count"
    assert "upin" in report.ignored


def test_the_directory_of_englands_regulator_with_its_preamble_and_encoding(county: County) -> None:
    report = import_homes(county.url, "county", county.put(CQC, encoding="cp1252"))
    assert (report.inserted, report.refused) == (1, 0)
    (row,) = county.rows(
        "select registration, holder, services, specialisms, local_authority, inspected_on::text, website, "
        "address_lines, country_code from public.site_registrations "
        "inner join public.sites on sites.id = site_id "
        "inner join public.properties on properties.id = property_id"
    )
    assert row == {
        "registration": "1-1000000001",
        "holder": "Caf\u00e9 Care Ltd",
        "services": ["Nursing homes", "Residential homes"],
        "specialisms": ["Dementia", "Caring for adults over 65 yrs"],
        "local_authority": "Sampleshire",
        "inspected_on": "2026-02-03",
        "website": "https://www.example.org",
        "address_lines": ["1 High Street", "Sampleton"],
        "country_code": "GB",
    }


def test_repeating_an_import_changes_nothing(county: County) -> None:
    path = county.put(US)
    import_homes(county.url, "county", path)
    before = county.everything()
    report = import_homes(county.url, "county", path)
    assert (report.inserted, report.updated, report.unchanged, report.beds) == (0, 0, 2, 0)
    assert county.everything() == before


def test_a_later_list_changes_what_it_says_and_leaves_the_rest(county: County) -> None:
    import_homes(county.url, "county", county.put(US))
    later = US.replace("EXAMPLE MANOR", "EXAMPLE GRANGE").replace(',"9195550100"', ",")
    report = import_homes(county.url, "county", county.put(later))
    assert (report.inserted, report.updated, report.unchanged) == (0, 1, 1)
    (row,) = county.rows("select telephone, version from public.sites where name = 'EXAMPLE GRANGE'")
    assert row == {"telephone": "9195550100", "version": 2}


def test_bad_lines_are_named_and_the_rest_is_loaded(county: County) -> None:
    path = county.put(
        "npi,name,lat,lon,bed_count,phone\n"
        "@1,Good,1,2,1,555\n"
        "1234567890,Wrong digit,1,2,1,555\n"
        ",No number,1,2,1,555\n"
        "@2,,1,2,1,555\n"
        "@2,North of the pole,91,2,1,555\n"
        "@2,Half a place,1,,1,555\n"
        "@2,Many beds,1,2,2001,555\n"
        "@2,Call us,1,2,1,<script>\n"
        "@1,Good again,1,2,1,555\n"
    )
    found: list[tuple[str, str]] = []
    report = import_homes(
        county.url, "county", path, on_finding=lambda finding: found.append((finding.place, finding.code))
    )
    assert report.inserted == 1
    assert found == [
        ("line 3", "value_invalid"),
        ("line 4", "key_missing"),
        ("line 5", "name_missing"),
        ("line 6", "value_invalid"),
        ("line 7", "value_invalid"),
        ("line 8", "value_invalid"),
        ("line 9", "value_invalid"),
        ("line 10", "repeated"),
    ]


def test_rooms_that_people_arranged_are_left_alone(county: County) -> None:
    import_homes(county.url, "county", county.put(US))
    more = US.replace('"01",3,', '"01",5,')
    report = import_homes(county.url, "county", county.put(more))
    assert report.beds == 0
    (finding,) = report.findings
    assert finding.code == "beds_differ"
    assert finding.reason == "counts 5 beds where 3 are here, which were left as they are"
    assert len(county.rows("select 1 as one from public.beds")) == 3


def test_numbers_of_two_sites_in_one_line_are_for_a_person_to_decide(county: County) -> None:
    import_homes(county.url, "county", county.put(US))
    both = US.splitlines()[0] + '\n"075001","@2","WHICH?",,,,,,,,,,,,,,,,\n'
    report = import_homes(county.url, "county", county.put(both))
    assert [finding.code for finding in report.findings] == ["ambiguous"]
    assert not county.rows("select 1 as one from public.sites where name = 'WHICH?'")


@pytest.mark.parametrize(
    ("text", "columns", "code"),
    [
        ("a,b\n1,2\n", {}, "headers_missing"),
        ("name,colour\nx,red\n", {}, "key_missing"),
        ("npi,title\n@1,x\n", {"name": "heading"}, "headers_missing"),
        ("npi,name\n@1,x\n", {"nmae": "name"}, "field_unknown"),
        ("npi,name\n@1,x\n", {"beds": "places"}, "column_unknown"),
        ("", {}, "headers_missing"),
    ],
)
def test_a_file_that_is_not_understood_changes_nothing(
    county: County, text: str, columns: dict[str, str], code: str
) -> None:
    with pytest.raises(UsageProblem) as caught:
        import_homes(county.url, "county", county.put(text), columns=columns)
    assert caught.value.code == code
    assert county.everything() == []


def test_the_command_shows_how_it_read_the_headers(county: County) -> None:
    path = county.put("Number,Title,Places\n@1,The Elms,2\n1,The Oaks,2\n")
    words = ("--map", "npi=Number", "--map", "name=Title", "--map", "beds=Places", "--org", "county")
    env = {"CAREBASE_DB_URL": county.url, "COLUMNS": "200"}
    tried = carebase("import", "homes", path, *words, "--dry-run", env=env)
    assert tried.returncode == 1, tried.stderr
    assert "Dry run: nothing was changed." in tried.stdout
    assert county.everything() == []
    done = carebase("import", "homes", path, *words, env=env)
    assert done.returncode == 1
    assert "line 3: Location npi is no NPI" in done.stderr
    assert "Number" in done.stderr
    assert "2 beds were made in county" in done.stdout
    again = carebase("import", "homes", path, *words, "--json", env=env)
    assert json.loads(again.stdout)["unchanged"] == 1


def test_a_mapping_that_is_none_is_a_sentence(county: County) -> None:
    done = carebase(
        "import",
        "homes",
        county.put(US),
        "--org",
        "county",
        "--map",
        "npi",
        env={"CAREBASE_DB_URL": county.url},
    )
    assert done.returncode == 2
    assert "FIELD=HEADER" in done.stderr
    assert "Traceback" not in done.stderr
