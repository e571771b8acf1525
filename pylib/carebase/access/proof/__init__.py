"""The access matrix, proved: what people can do with the built database, beside what the matrix says.

`check(url, project)` tries it all on one database and says what does not hold.
"""

from carebase.access.proof.check import check, open_world

__all__ = ["check", "open_world"]
