"""Documents that the database writes and takes as JSON, with names and types."""

from carebase.client.shapes.inputs import (
    Answer,
    BodyMark,
    ContactDetails,
    ContractChanges,
    EnquiryPerson,
    PersonInvolved,
    PlanChanges,
    PlanContent,
    ShiftChanges,
    TaskChanges,
    TemplateChanges,
)
from carebase.client.shapes.roster import RosterPerson
from carebase.client.shapes.training import TrainingCell

__all__ = [
    "Answer",
    "BodyMark",
    "ContactDetails",
    "ContractChanges",
    "EnquiryPerson",
    "PersonInvolved",
    "PlanChanges",
    "PlanContent",
    "RosterPerson",
    "ShiftChanges",
    "TaskChanges",
    "TemplateChanges",
    "TrainingCell",
]
