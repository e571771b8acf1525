-- Sealed values on their way to another installation (docs/moving-a-tenant.md): sealed for the journey with a transfer
-- key that an export makes and the two commands are given, and nothing else. No key of an installation leaves it, none
-- comes in. Granted to nobody; run by the owner in the transaction of a move, which does nothing else, so that its
-- settings keep a key as it is: whoever runs it holds the transfer key anyway.
create function app.begin_transfer(p_key_id uuid, p_key bytea) returns void
language sql volatile
set search_path = ''
as $$
  select set_config('carebase.transfer_key', encode(uuid_send(p_key_id) || app.aead_schedule(p_key), 'hex'), true)
$$;

comment on function app.begin_transfer(uuid, bytea) is
'Sets the transfer key of this transaction: its name, and 64 bytes. For the command line.';

-- Bound to the row as well: within an export no value takes the place of another.
create function app.transfer_context(p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid) returns bytea
language sql stable
return app.sealed_context(
  convert_to('carebase:1:transfer:' || p_place || ':', 'UTF8') || uuid_send(p_row_id), p_org_id, p_subject_id
);

comment on function app.transfer_context(text, uuid, uuid, uuid) is
'The associated data of a value under a transfer key. p_place: <schema>.<table>:<column>.';

revoke all on function app.begin_transfer(uuid, bytea) from public;
revoke all on function app.transfer_context(text, uuid, uuid, uuid) from public;
