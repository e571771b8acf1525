"""What is in a database, as Postgres' own catalogues tell it, so that two databases can be compared."""

from carebase.db.catalogue.compare import Difference, compare, same_in_other_words
from carebase.db.catalogue.quoting import split_name
from carebase.db.catalogue.read import Catalogue, Item, read_catalogue

__all__ = [
    "Catalogue",
    "Difference",
    "Item",
    "compare",
    "read_catalogue",
    "same_in_other_words",
    "split_name",
]
