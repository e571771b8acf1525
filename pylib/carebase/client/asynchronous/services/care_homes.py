"""Care homes, their rooms and beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carebase.client.asynchronous.collection import AsyncCollection
from carebase.client.functions.tenancy import REMOVE_BEDS, REMOVE_ROOMS, REMOVE_SITES
from carebase.models import Bed, CareHome, Room

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncCareHomes(AsyncCollection[CareHome]):
    """The care homes of the active organization: list, get, create, update, archive.

    Attributes:
        rooms: of all homes; ask for those of one with `{"site_id": home.id}`.
        beds: of all rooms; likewise, or `{"room_id": room.id}`.

    Example:
        >>> home = await carebase.care_homes.create(name="The Elms", time_zone="Europe/London")
        >>> room = await carebase.care_homes.rooms.create(site_id=home.id, name="12")
    """

    def __init__(self, session: AsyncSession) -> None:
        fixed = {"kind": "care_home"}
        super().__init__(session, CareHome, archive=REMOVE_SITES, fixed=fixed, writes_to="sites")
        self.rooms = AsyncCollection(session, Room, archive=REMOVE_ROOMS)
        self.beds = AsyncCollection(session, Bed, archive=REMOVE_BEDS)
