"""Questions about what has to come from outside: settings, keys and secrets, what runs the schedule."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.doctor.question import Question
from carebase.settings import Settings

QUESTIONS = (
    Question(
        "env-keys",
        "problem",
        "The vault holds every key that protected data is sealed under.",
        """
        select 'Key-encryption key ' || keks.version, 'is not in the vault; what it wraps cannot be opened'
        from app.key_encryption_keys as keks
        where keks.destroyed_at is null
          and not exists (
            select from vault.secrets where secrets.name = 'carebase_phi_kek_' || keks.version
          )
        """,
        "`carebase keys status` says where it is kept; docs/phi.md how it is provisioned.",
        ("app.key_encryption_keys",),
    ),
    Question(
        "env-tokens",
        "warning",
        "The vault holds the secret that tokens of API keys are signed with.",
        """
        select 'Secret carebase_jwt_secret', 'is not in the vault: no API key can be exchanged'
        where not exists (select from vault.secrets where secrets.name = 'carebase_jwt_secret')
        """,
        "docs/hosted.md says which secret it is and how it is stored.",
        ("public.api_keys",),
    ),
    Question(
        "env-senders",
        "warning",
        "Every service that messages are sent through has its secret.",
        """
        select 'Integration ' || configs.id || ' (' || configs.kind || ')',
          'of ' || orgs.slug || ' has no secret in the vault'
        from public.integration_configs as configs
        inner join public.organizations as orgs on orgs.id = configs.org_id
        where configs.is_active and configs.deleted_at is null and orgs.deleted_at is null
          and not exists (
            select from vault.secrets where secrets.name = 'carebase_channel_' || configs.id
          )
        """,
        "An administrator gives it by set_integration().",
        ("public.integration_configs",),
    ),
    Question(
        "env-schedule",
        "warning",
        "Somebody runs what is scheduled.",
        """
        select 'No job', 'has run for a day'
        where exists (select from public.scheduled_jobs where paused_at is null)
          and not exists (select from public.job_runs where started_at > now() - interval '1 day')
        """,
        "Run `carebase jobs serve`, or `carebase jobs cron` where there is pg_cron; neither needs a secret.",
        ("public.job_runs",),
    ),
    Question(
        "env-organizations",
        "warning",
        "Every organization has somebody who owns it.",
        """
        select 'Organization ' || orgs.slug, 'has nobody who owns it or administers it'
        from public.organizations as orgs
        where orgs.is_active and orgs.deleted_at is null and orgs.kind <> 'platform'
          and not exists (
            select from public.role_assignments as roles
            where roles.org_id = orgs.id and roles.role in ('org_owner', 'admin')
              and roles.deleted_at is null and roles.valid_during @> now()
          )
        """,
        "`carebase org` makes an invitation for its owner.",
        ("public.role_assignments",),
    ),
)


def faults_of(settings: Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with the settings of this machine, and what to do about each.

    Example:
        >>> [what for what, _ in faults_of(Settings(api_url="http://example.com"))]  # doctest: +SKIP
        ['CAREBASE_PUBLISHABLE_KEY is not set.', …]
    """
    publishable, secret = settings.publishable_key, settings.secret_key
    for name, value in (
        ("API_URL", settings.api_url),
        ("PUBLISHABLE_KEY", publishable),
        ("SECRET_KEY", secret),
        ("DB_URL", settings.db_url),
    ):
        if not value:
            yield f"CAREBASE_{name} is not set.", "docs/settings.md says what it is for."
    if publishable and secret and publishable.get_secret_value() == secret.get_secret_value():
        yield (
            "CAREBASE_PUBLISHABLE_KEY and CAREBASE_SECRET_KEY are the same key.",
            "The secret one is past every policy: never let it leave the servers.",
        )
    if publishable and publishable.get_secret_value().startswith("sb_secret_"):
        yield (
            "CAREBASE_PUBLISHABLE_KEY is a secret key.",
            "Put the publishable one there, and make a new secret key: this one may have been shipped.",
        )
    if settings.api_url and not settings.api_url.startswith("https://") and not _is_local(settings.api_url):
        yield "CAREBASE_API_URL is not encrypted.", "Give its https address."


def _is_local(url: str) -> bool:
    return any(url.startswith(f"http://{host}") for host in ("127.0.0.1", "localhost", "[::1]"))
