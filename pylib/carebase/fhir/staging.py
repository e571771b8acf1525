"""From resources to the temporary table that they are merged from: checked, shaped, copied in a stream."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

import orjson
from psycopg import Cursor

from carebase.fhir.elements import Element
from carebase.fhir.log import ImportLog, Where
from carebase.fhir.problems import Refused, invalid
from carebase.fhir.reading import Resource
from carebase.fhir.references import FHIR_ID, identity_from
from carebase.fhir.runkey import SEALED_TYPES, RunKey
from carebase.fhir.shaping import SHAPES, Shaped
from carebase.fhir.times import read_date_time
from carebase.fhir.validation import Validation, validate_fully

_COPY = """
copy pg_temp.import_stage (
  seq, file, place, resource_type, fhir_id, bundle, full_url, last_updated, fields, sealed, targets
) from stdin
"""
StagedRow = tuple[int, str, str, str, str, int | None, str | None, str | None, str, bytes | None, str]


class Stager:
    """Turns resources into rows of the staging table.

    Args:
        log: told of every resource that is refused, or loaded in part.
        validation: how thoroughly to check resources.
        key: seals what is protected.
    """

    def __init__(self, log: ImportLog, validation: Validation, key: RunKey) -> None:
        self._log = log
        self._validation = validation
        self._key = key
        self._numbers = count(1)

    def copy(self, resources: Iterable[Resource], cursor: Cursor[Any]) -> None:
        """Copy all of them into the staging table, which exists."""
        with cursor.copy(_COPY) as copy:
            for resource in resources:
                row = self.row(resource)
                if row:
                    copy.write_row(row)

    def row(self, resource: Resource) -> StagedRow | None:
        """One resource as a row; None if it was refused."""
        where = Where(resource.where.file, resource.where.place, resource.type)
        try:
            where = Where(where.file, where.place, resource.type, _identify(resource))
            if self._validation == "full":
                validate_fully(resource.type, resource.body)
            shaped = SHAPES[resource.type](Element(resource.body))
        except Refused as refused:
            self._log.refuse(where, refused)
            return None
        for warning in shaped.warnings:
            self._log.warn(where, warning)
        return self._row(resource, where, shaped)

    def _row(self, resource: Resource, where: Where, shaped: Shaped) -> StagedRow:
        is_protected, values = resource.type in SEALED_TYPES, orjson.dumps(shaped.values)
        return (
            next(self._numbers),
            where.file,
            where.place,
            resource.type,
            where.resource_id or "",
            resource.bundle,
            resource.full_url,
            _last_updated(resource),
            "{}" if is_protected else values.decode(),
            self._key.seal(values) if is_protected else None,
            orjson.dumps(shaped.targets).decode(),
        )


def _identify(resource: Resource) -> str:
    """The logical id of a resource; in a Bundle it may be only in its `fullUrl`."""
    given = resource.body.get("id")
    if isinstance(given, str) and FHIR_ID.fullmatch(given):
        return given
    if given is not None:
        raise invalid("id", "is not 1 to 64 letters, digits, hyphens and dots")
    identity = identity_from(resource.full_url) if resource.full_url else None
    if identity is None or identity[0] not in (None, resource.type):
        raise Refused("id_missing", "has no id, so that a later import could not know it again")
    return identity[1]


def _last_updated(resource: Resource) -> str | None:
    """When this version was made. Only versions are told apart by it: a malformed one is as good as none."""
    meta = resource.body.get("meta")
    if not isinstance(meta, dict):
        return None
    try:
        moment = read_date_time(Element(meta, "meta"), "lastUpdated")
    except Refused:
        return None
    return moment.text if moment and moment.precision == "instant" else None
