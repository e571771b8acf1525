"""What is sealed, opened as the database's owner can who has the vault: no request, no purpose, no event."""

from __future__ import annotations

_OWNERS = {
    "patients": "null, patients.id",
    "org_patients": "org_patients.org_id, null",
    "residents": "residents.org_id, residents.id",
    "nurse_questions": "nurse_questions.org_id, null",
    **{
        table: f"{table}.org_id, {table}.resident_id"
        for table in (
            "care_plan_versions", "care_plan_tasks", "daily_notes", "assessments", "medication_stock",
            "medication_orders",
        )
    },
    **{
        table: f"{table}.org_id, null"
        for table in (
            "incidents", "incident_actions", "incident_followups", "complaints", "handover_items",
            "staff_checks", "supervisions",
        )
    },
}  # fmt: skip


def opened(column: str, table: str = "patients") -> str:
    """An SQL expression: the value of a sealed column as text, in a query that names the table as it is.

    Example:
        >>> opened("family_name")  # doctest: +ELLIPSIS
        "(select convert_from(app.open_value(..."
    """
    place, value = f"carebase:1:public.{table}:{column}:", f"{table}.{column}"
    return (
        f"(select convert_from(app.open_value(keys.schedule, app.sealed_context('{place}', {_OWNERS[table]}),"
        f" {value}), 'UTF8') from app.unwrap_keys(array[substr({value}, 2, 16)]) as keys)"
    )
