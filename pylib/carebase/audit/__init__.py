"""The audit trail from the operator's side: reading it, sealing it, and finding out whether it is whole.

`sql/audit` is the trail itself; docs/audit.md says what is in it, and what its seals prove and do not prove.
"""

from __future__ import annotations

from carebase.audit.checkpoints import read_checkpoint, write_checkpoint
from carebase.audit.reading import COLUMNS, Filter, read_events, record_export
from carebase.audit.sealing import Status, drop_months, rotate_key, seal, seal_on, status
from carebase.audit.verifying import Chain, Verification, verify

__all__ = [
    "COLUMNS",
    "Chain",
    "Filter",
    "Status",
    "Verification",
    "drop_months",
    "read_checkpoint",
    "read_events",
    "record_export",
    "rotate_key",
    "seal",
    "seal_on",
    "status",
    "verify",
    "write_checkpoint",
]
