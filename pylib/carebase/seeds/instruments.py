"""Instruments: whole versions, published as they come. One that is there is never touched: it cannot be."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from carebase.seeds.ids import Key, seed_id
from carebase.seeds.insert import Connection, Row, TableRows, explained, insert_missing
from carebase.seeds.report import TableReport

_HEADS = "public.instruments"
_CANONICAL = "https://carebase.example.com/fhir/Questionnaire/"
_PUBLISH = """
update public.instruments as drafts set is_active = true
where drafts.id = %s and not exists (
  select from public.instruments as others
  where others.code = drafts.code and others.is_active and others.created_by is not null
)
"""
LinkId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class _Strict(BaseModel, extra="forbid", frozen=True):
    pass


class Band(_Strict):
    """What a score means, from `from` on; with `item_value`, only if one item counts so much."""

    lower_bound: Decimal = Field(alias="from")
    code: str
    display: str
    severity: int
    item_value: Decimal | None = None


class Scale(_Strict):
    """What is measured."""

    code: str
    title: str
    method: Literal["sum", "mean", "single"]
    minimum: Decimal
    maximum: Decimal
    higher_is_worse: bool = True
    bands: list[Band]


class Option(_Strict):
    """A possible answer, or a range from `from` on, that holds where other items are answered `when`."""

    code: str
    value: Decimal
    text: str
    lower_bound: Decimal | None = Field(default=None, alias="from")
    applies_when: dict[str, str] | None = Field(default=None, alias="when")


class Measure(_Strict):
    """What is measured: the UCUM code of its unit, the bounds of what is taken, places after the point."""

    unit: str
    minimum: Decimal
    maximum: Decimal
    decimals: int = 0


class Item(_Strict):
    """A question; `options` is the key of a set, of ranges if it is measured."""

    scale: str | None = None
    options: str
    text: str
    reversed: bool = False
    measured: Measure | None = None


class Instrument(_Strict):
    """One version of an instrument. Translations by language, each of text keys as the table has them."""

    code: Key
    version: str
    title: str
    description: str | None = None
    language: str = "en"
    subject_type: Literal["Patient", "Practitioner"] | None = None
    citation: str
    publisher: str | None = None
    license_kind: Literal["free", "attribution", "non_commercial", "proprietary"]
    license_text: str
    scales: list[Scale]
    option_sets: dict[Key, list[Option]] = {}
    items: dict[LinkId, Item] = {}
    translations: dict[str, dict[str, str]] = {}

    @model_validator(mode="after")
    def _items_point_at_what_is_there(self) -> Instrument:
        scales = {scale.code for scale in self.scales}
        for link_id, item in self.items.items():
            if item.scale is not None and item.scale not in scales:
                raise ValueError(f"item {link_id!r} counts for {item.scale!r}, and there is no such scale")
            if item.options not in self.option_sets:
                raise ValueError(f"item {link_id!r} wants the options {item.options!r}, which are not there")
        return self

    @property
    def id(self) -> UUID:
        """The id of its row."""
        return seed_id("instruments", self.code, self.version)


class Instruments(_Strict):
    """`instruments.toml`."""

    instruments: list[Instrument]


def publish_instruments(conn: Connection, instruments: list[Instrument]) -> list[TableReport]:
    """Add the versions that the database lacks, and publish those.

    A version that an operator retired, or imported before us, stays as it is; where a version of their own
    is in use, ours stays a draft.

    Raises:
        DatabaseProblem: as `insert_missing` does.
    """
    reports = []
    for instrument in instruments:
        head = insert_missing(conn, TableRows(_HEADS, ("code", "instrument_version"), [_head(instrument)]))
        parts = _parts(instrument)
        reports.append(head)
        if not head.inserted:
            reports += [TableReport(table=each.table, inserted=0, unchanged=len(each.rows)) for each in parts]
            continue
        reports += [insert_missing(conn, each) for each in parts]
        with explained(_HEADS):
            conn.execute(_PUBLISH, [instrument.id])
    return reports


def _head(instrument: Instrument) -> Row:
    return {
        "id": instrument.id,
        "code": instrument.code,
        "instrument_version": instrument.version,
        "title": instrument.title,
        "description": instrument.description,
        "language_code": instrument.language,
        "subject_type": instrument.subject_type,
        "citation": instrument.citation,
        "publisher": instrument.publisher,
        "license_kind": instrument.license_kind,
        "license_text": instrument.license_text,
        "canonical_url": _CANONICAL + instrument.code,
        "is_active": False,
    }


def _parts(instrument: Instrument) -> list[TableRows]:
    """What it consists of, in the order in which one refers to the other."""
    whose = {"instrument_id": instrument.id}
    return [
        TableRows(
            "app.instrument_scales",
            ("instrument_id", "code"),
            [
                whose
                | scale.model_dump(mode="json", exclude={"bands", "higher_is_worse"})
                | {"position": place, "is_higher_worse": scale.higher_is_worse}
                for place, scale in enumerate(instrument.scales, 1)
            ],
        ),
        TableRows(
            "app.instrument_bands",
            ("instrument_id", "scale_code", "code"),
            [
                whose | {"scale_code": scale.code} | band.model_dump(mode="json")
                for scale in instrument.scales
                for band in scale.bands
            ],
        ),
        TableRows(
            "app.instrument_options",
            ("instrument_id", "option_set", "code"),
            [
                whose
                | {"option_set": name, "position": place, "code": option.code}
                | {"value": str(option.value), "option_text": option.text}
                | option.model_dump(mode="json", include={"lower_bound", "applies_when"})
                for name, options in instrument.option_sets.items()
                for place, option in enumerate(options, 1)
            ],
        ),
        TableRows(
            "app.instrument_items",
            ("instrument_id", "link_id"),
            [
                whose
                | {"link_id": link_id, "position": place, "scale_code": item.scale, "item_text": item.text}
                | {"is_reversed": item.reversed, "option_set": item.options}
                | _measure(item.measured)
                for place, (link_id, item) in enumerate(instrument.items.items(), 1)
            ],
        ),
        TableRows(
            "app.instrument_translations",
            ("instrument_id", "language_code", "text_key"),
            [
                whose | {"language_code": language, "text_key": key, "translated_text": text}
                for language, texts in instrument.translations.items()
                for key, text in texts.items()
            ],
        ),
    ]


def _measure(measured: Measure | None) -> Row:
    """The columns of an item that only one that is measured has."""
    if measured is None:
        return dict.fromkeys(("unit_code", "minimum", "maximum", "decimals"))
    return {
        "unit_code": measured.unit,
        "minimum": str(measured.minimum),
        "maximum": str(measured.maximum),
        "decimals": measured.decimals,
    }
