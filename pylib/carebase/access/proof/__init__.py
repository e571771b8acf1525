"""The access matrix, proved: what people can do with the built database, beside what the matrix says.

`check(url, project)` tries it all on one database and says what does not hold; `findings` says it as soon as
it is found.
"""

from carebase.access.proof.check import check, findings, open_world

__all__ = ["check", "findings", "open_world"]
