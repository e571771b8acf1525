"""Real data in: lists of care homes and nursing facilities, from CSV into the sites of one organization.

    file ──> columns ──> homes ──COPY──> staging table ──merge──> properties, sites, registrations, beds
    reading  headers     lines           (temporary)     sql/*.sql

`import_homes` is the whole of it. A header is matched with what we know by its name, and the match is shown;
a line that cannot be loaded is a `Finding` with its number, not the end of the run. Repeating an import
changes nothing.
"""

from __future__ import annotations

from carebase.homes.columns import FIELDS, Mapping, map_headers
from carebase.homes.importing import HomesReport, import_homes

__all__ = ["FIELDS", "HomesReport", "Mapping", "import_homes", "map_headers"]
