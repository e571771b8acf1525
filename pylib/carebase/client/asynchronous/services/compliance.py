"""Compliance: training, checks, supervisions, audits, complaints."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from carebase.client.asynchronous.collection import AsyncCollection, AsyncEditable, AsyncRows
from carebase.client.asynchronous.services.calls.compliance import AsyncComplianceCalls
from carebase.client.functions.care import REMOVE_INSPECTION_EVIDENCE, REMOVE_TRAINING_REQUIREMENTS
from carebase.client.shapes import TrainingCell, training
from carebase.models import (
    Complaint,
    ComplaintPolicy,
    ComplianceStat,
    GetTrainingMatrixResult,
    InspectionEvidence,
    QualityAudit,
    QualityAuditAction,
    StaffCheck,
    Supervision,
    TrainingCourse,
    TrainingRecord,
    TrainingRequirement,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncCompliance(AsyncComplianceCalls):
    """Who may work, and how good a home is. Rules: docs/care/training.md, docs/care/quality.md.

    What was recorded of somebody stays: a training record or check that was made in error is withdrawn
    (`withdraw_training`, `settle_check`), complaints, audits and supervisions are not removed at all. So
    these are lists to read, and their writes are methods here.

    Attributes:
        courses: what there is to learn; switched off (`is_active`), not removed.
        requirements: who needs which course or check; `archive` removes one, `restore_requirement` brings it
            back.
        records, checks, supervisions: of members of staff.
        stats: counts by role and site, naming nobody.
        complaints, audits, audit_actions: of homes; words are sealed.
        complaint_policies: by when complaints are answered.
        evidence: what shows how a home answers a key question; made by `link_evidence`, changed and archived
            here.

    Example:
        >>> worst = await carebase.compliance.figures(site_id=home.id, limit=10)
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.courses = AsyncCollection(session, TrainingCourse)
        self.requirements = AsyncCollection(
            session, TrainingRequirement, archive=REMOVE_TRAINING_REQUIREMENTS
        )
        self.records = AsyncRows(session, TrainingRecord)
        self.checks = AsyncRows(session, StaffCheck)
        self.supervisions = AsyncRows(session, Supervision)
        self.stats = AsyncRows(session, ComplianceStat)
        self.complaints = AsyncRows(session, Complaint)
        self.complaint_policies = AsyncCollection(session, ComplaintPolicy)
        self.audits = AsyncRows(session, QualityAudit)
        self.audit_actions = AsyncRows(session, QualityAuditAction)
        self.evidence = AsyncEditable(session, InspectionEvidence, archive=REMOVE_INSPECTION_EVIDENCE)

    def cells(self, line: GetTrainingMatrixResult) -> builtins.list[TrainingCell]:
        """What is required of somebody in a line of `matrix`, and how they stand.

        Example:
            >>> [cell.code for cell in carebase.compliance.cells(line) if cell.standing == "expired"]
        """
        return training.cells(line)
