"""Names in Python for names in the database."""

from __future__ import annotations

import keyword
import re

from carebase.records import Arguments, Row

# What the rules below would get wrong.
_IRREGULAR = {
    "people": "person",
    "children": "child",
    "diagnoses": "diagnosis",
    "analyses": "analysis",
    "crises": "crisis",
    "series": "series",
    "news": "news",
}
_TAKEN = {name for model in (Row, Arguments) for name in dir(model)}


def class_name(name: str) -> str:
    """A class name for a name of the database.

    Example:
        >>> class_name("work_setting")
        'WorkSetting'
    """
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)


def row_class_name(table: str) -> str:
    """The class of one row of a table: tables are plural, a row is one.

    Example:
        >>> row_class_name("provider_daily_checkins"), row_class_name("properties")
        ('ProviderDailyCheckin', 'Property')
    """
    head, _, last = table.rpartition("_")
    return class_name(f"{head}_{_singular(last)}")


def field_name(name: str) -> str:
    """A field for a column or parameter: an underscore follows what Python or pydantic keeps for itself.

    Example:
        >>> field_name("stress_level"), field_name("class"), field_name("copy")
        ('stress_level', 'class_', 'copy_')
    """
    is_free = name.isidentifier() and not keyword.iskeyword(name) and name not in _TAKEN and name[0] != "_"
    if is_free:
        return name
    bare = re.sub(r"\W", "_", name).strip("_")
    return f"{bare}_" if bare[:1].isalpha() else f"column_{bare}_" if bare else "column_"


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return word[:-2]
    # statuses and bonuses, but houses and clauses
    if word.endswith("uses") and not word.endswith(("ouses", "auses")) and len(word) > 4:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
