"""Who may hold which role: the rule once more, in Python and by the hour, blind to how SQL does it."""

from __future__ import annotations

from dataclasses import dataclass, field

FOREVER = 100  # the hour that stands for all later ones
PLATFORM = {"super_admin", "service"}
AT_SITES = {"manager", "case_manager", "nurse", "clinician", "carer", "scheduler", "resident", "family"}
OF_MANAGERS = {"nurse", "carer", "scheduler", "resident", "family"}

Place = str | None
Key = tuple[str, str, Place]  # person, role, site


@dataclass
class Offer:
    """An invitation as it was made."""

    by: str
    to: str
    role: str
    site: Place
    until: int
    is_open: bool = True


@dataclass
class Model:
    """One organization: who holds what in which hours, who was ever in it, what is offered."""

    sites: set[str]
    now: int = 0
    held: dict[Key, set[int]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    offers: list[Offer] = field(default_factory=list)

    def give(self, person: str, role: str, site: Place, start: int, end: int | None) -> None:
        hours = set(range(start, FOREVER + 1 if end is None else end))
        self.held.setdefault((person, role, site), set()).update(hours)
        self.known.add(person)

    def reach(self, person: str) -> dict[str, set[Place]]:
        """Roles that hold in this hour, and where."""
        places: dict[str, set[Place]] = {}
        for (who, role, site), hours in self.held.items():
            if who == person and self.now in hours:
                places.setdefault(role, set()).add(site)
        return places

    def may_give(self, actor: str, role: str, site: Place) -> bool:
        mine = self.reach(actor)
        if role in PLATFORM or (site is not None and (site not in self.sites or role not in AT_SITES)):
            return False
        if "org_owner" in mine or ("admin" in mine and role != "org_owner"):
            return True
        manages = mine.get("manager", set())
        return site is not None and role in OF_MANAGERS and bool({site, None} & manages)

    def grant(self, actor: str, target: str, role: str, site: Place, start: int, length: int | None) -> bool:
        allowed = self.may_give(actor, role, site) and target != actor and target in self.known
        if allowed:
            begin = self.now + start
            self.give(target, role, site, begin, None if length is None else begin + length)
        return allowed

    def revoke(self, actor: str, key: Key, begin: int, end: int) -> bool:
        """Take what is left of one period of a role."""
        _, role, site = key
        if not self.may_give(actor, role, site):
            return False
        rest = set(range(max(begin, self.now), end))
        if role == "org_owner" and rest:
            owned = set().union(
                *(hours - rest if one == key else hours for one, hours in self.held.items() if one[1] == role)
            )
            if not set(range(self.now, FOREVER + 1)) <= owned:
                return False
        self.held[key] -= rest
        return True

    def invite(self, actor: str, target: str, role: str, site: Place) -> bool:
        same = (target, role, site)
        is_open = any(
            offer.is_open and offer.until > self.now and (offer.to, offer.role, offer.site) == same
            for offer in self.offers
        )
        if not self.may_give(actor, role, site) or target == actor or is_open:
            return False
        self.offers.append(Offer(actor, target, role, site, self.now + 24))
        return True

    def accept(self, person: str, offer: Offer) -> bool:
        allowed = (
            offer.is_open
            and offer.to == person
            and offer.until > self.now
            and self.may_give(offer.by, offer.role, offer.site)
        )
        if allowed:
            offer.is_open = False
            self.give(person, offer.role, offer.site, self.now, None)
        return allowed
