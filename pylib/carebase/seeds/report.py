"""What seeding did, for people and for scripts."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class TableReport(BaseModel):
    """One table: how many of its seed rows were added, renewed, or there already."""

    model_config = ConfigDict(frozen=True)

    table: str
    inserted: int
    updated: int = 0
    unchanged: int


class SeedReport(BaseModel):
    """One run of a seed: what it did to each table, and which day was today for each organization."""

    model_config = ConfigDict(frozen=True)

    seed: str
    days: dict[str, date]
    tables: list[TableReport]

    @property
    def changed(self) -> int:
        """Rows that this run added or renewed; 0 when the database had them all."""
        return sum(table.inserted + table.updated for table in self.tables)
