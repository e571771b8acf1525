"""What was done with residents and seen of them, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client.asynchronous.collection import AsyncEditable
from carebase.client.asynchronous.services.calls.daily_notes import AsyncDailyNotesCalls
from carebase.models import DailyNote

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncDailyNotes(AsyncDailyNotesCalls):
    """Daily notes. Rules: docs/care/notes.md.

    What was written stays: a note is corrected by another (`create` with `corrects_id`), and `archive` says
    that it was entered in error. Whether relatives read one is changed in `rows` (`is_shared`).

    Attributes:
        rows: the notes as they are stored; words are sealed, and opened by `open`.
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.rows = AsyncEditable(session, DailyNote)

    async def get(self, id: UUID | str) -> DailyNote:
        """One note; what it says in words is opened by `open`.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self.rows.get(id)
