-- A trigger's arguments, as the catalogue keeps them: each ends with a byte of zeros, so that an empty text comes last.
-- Compiled triggers say with them what their table declares, for functions that go over all such tables.
create function app.trigger_arguments(p_arguments bytea) returns text[]
language sql immutable
return string_to_array(encode(p_arguments, 'escape'), '\000');

comment on function app.trigger_arguments(bytea) is
'The arguments of a trigger (pg_trigger.tgargs) as texts, and an empty one after the last.';

revoke all on function app.trigger_arguments(bytea) from public;
