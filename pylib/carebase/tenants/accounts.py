"""What moves of the auth layer: who can sign in, and how. Never sessions, tokens, factors or keys."""

from __future__ import annotations

# Columns that hosted Supabase has, whatever else a later version of its auth layer adds.
PUBLIC_COLUMNS = (
    "instance_id",
    "id",
    "aud",
    "role",
    "created_at",
    "updated_at",
    "is_sso_user",
    "is_anonymous",
    "deleted_at",
)
"""Of `auth.users`, for anybody whom a row of the organization names."""

SIGN_IN_COLUMNS = (
    "email",
    "encrypted_password",
    "email_confirmed_at",
    "invited_at",
    "last_sign_in_at",
    "raw_app_meta_data",
    "raw_user_meta_data",
    "phone",
    "phone_confirmed_at",
    "banned_until",
)
"""Of `auth.users`, only for people who have or had a role in the organization; empty for others."""

IDENTITY_COLUMNS = (
    "id",
    "provider_id",
    "user_id",
    "identity_data",
    "provider",
    "last_sign_in_at",
    "created_at",
    "updated_at",
)
"""Of `auth.identities`."""

BLANK_COLUMNS = ("confirmation_token", "recovery_token", "email_change", "email_change_token_new")
"""Of `auth.users`: tokens that are being waited for do not move. Supabase Auth fails on null in them."""
