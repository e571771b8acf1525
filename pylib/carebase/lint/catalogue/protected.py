"""Columns that hold protected health information, by their name or comment, are declared as such."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

# Of the identifiers of 45 CFR 164.514(b)(2) those that have names, and words of diagnosis and treatment.
_NAMES = (
    "(^|_)(birth_?(date|day)|date_of_birth|dob|deceased|gender|sex|ssn|social_security|family_name|given_names?"
    "|first_name|last_name|maiden_name|full_name|mrn|medical_record|date_of_service|health_plan|beneficiary"
    "|diagnos[ie]s|medications?|prescriptions?|allerg(y|ies)|symptoms?|blood|mood|stress|substance|relapse)(_|$)"
)
_COMMENTS = (
    r"\y(date of birth|birthday|diagnos[ie]s|symptoms?|medications?|allerg(y|ies)|medical record"
    r"|social security|health record|state of health)\y"
)

RULES = (
    Rule(
        "phi-declared",
        "What nobody declared as protected is sealed, hidden and kept out of logs by nobody.",
        "List it in `phi` of the table's entry in room.toml; if it is none, make an exception of it.",
        f"""
        select 'column', c.schema, c.name, c.part,
          'looks like protected health information by its '
            || case when c.part ~ '{_NAMES}' then 'name' else 'comment' end || ', and is not declared as phi'
        from columns as c
        inner join tables as t on t.oid = c.oid
        where t.room is not null
          and t.belongs_to <> 'nobody'
          and c.part <> all (t.phi_columns)
          -- A key says who, and is checked as one; an index of a sealed column tells nothing.
          and c.base_type <> 'uuid'
          and not (c.part ~ '_index$' and regexp_replace(c.part, '_index$', '') = any (t.phi_columns))
          and (
            c.part ~ '{_NAMES}' or pg_catalog.col_description(c.oid, c.attnum) ~* '{_COMMENTS}'
          )
        """,  # noqa: S608  our own words
    ),
)
