"""Questions about what rooms leave to others: messages to workers, seals to sealers, keys to operators."""

from __future__ import annotations

from carebase.doctor.question import Question

QUESTIONS = (
    Question(
        "messages-late",
        "problem",
        "No message waits for a worker.",
        """
        select 'The outbox', 'holds messages that are due, ' || due_count || ' of them, the first since '
          || to_char(oldest_due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
        from app.queue_depth() where oldest_due_at < now() - interval '10 minutes' and leased_count = 0
        """,
        "Run `carebase jobs worker`.",
        ("app.notification_tasks",),
    ),
    Question(
        "messages-dead",
        "warning",
        "No message was given up.",
        """
        select 'The outbox', 'has given up messages, ' || dead_count || ' of them'
        from app.queue_depth() where dead_count > 0
        """,
        "`carebase jobs dead-letters` says why, `carebase jobs requeue` tries again.",
        ("app.notification_tasks",),
    ),
    Question(
        "seal-lag",
        "problem",
        "Sealing of the audit trail keeps up.",
        """
        select 'The audit trail', 'has events without a seal, ' || unsealed_count
          || ' of them, the first since '
          || to_char(oldest_unsealed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
        from app.audit_status()
        -- What is concealed is told by the hour.
        where oldest_unsealed_at < now() - interval '70 minutes'
        """,
        "Run `carebase audit seal --follow`; the job seal_audit does it each minute.",
        ("app.audit_runs",),
    ),
    Question(
        "key-age",
        "warning",
        "No data key is older than a quarter of a year and some days.",
        """
        select 'Data keys', 'have not been rotated for a hundred days: ' || count(*) || ', the oldest of '
          || to_char(min(created_at) at time zone 'UTC', 'YYYY-MM-DD')
        from app.data_keys
        where retired_at is null and created_at < now() - interval '100 days'
        having count(*) > 0
        """,
        "`carebase keys rotate --older-than-days 90`; the job rotate_data_keys does it each quarter.",
        ("app.data_keys",),
    ),
)
