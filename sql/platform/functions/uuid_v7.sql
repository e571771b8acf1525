-- Time-ordered ids keep the newest rows of an index on few pages (RFC 9562, section 5.7): 48 bits of
-- milliseconds, then random bits. Postgres has its own from version 18 on.
--
-- Bound when it is made, so that it is put in its place in every default: a call would cost four times as much.
create function app.uuid_v7() returns uuid
language sql volatile
return encode(
  -- A random (version 4) uuid with the time laid over its first six bytes; bits 52 and 53 turn 4 into 7.
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid()),
        substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3),
        1, 6
      ),
      52, 1
    ),
    53, 1
  ),
  'hex'
)::uuid;

comment on function app.uuid_v7() is
'A new time-ordered uuid (RFC 9562, version 7): the default of every id.';

revoke all on function app.uuid_v7() from public;
grant execute on function app.uuid_v7() to authenticated, service_role;

-- The ids of a table stand in the order in which its rows were made; this finds the place of a moment among them.
create function app.first_uuid_v7(p_at timestamptz) returns uuid
language sql immutable
return encode(
  substring(int8send((extract(epoch from p_at) * 1000)::bigint) from 3) || '\x70008000000000000000'::bytea, 'hex'
)::uuid;

comment on function app.first_uuid_v7(timestamptz) is
'The smallest id that app.uuid_v7() can make from this moment on: rows with smaller ids are older.';

revoke all on function app.first_uuid_v7(timestamptz) from public;
