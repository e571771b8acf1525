-- Compiled from sql/phi/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.key_encryption_keys enable row level security;
alter table app.key_encryption_keys force row level security;

revoke all on app.key_encryption_keys from public, anon, authenticated, service_role;
