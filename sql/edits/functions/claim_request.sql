-- A frontend that lost its connection does not know whether it was heard, and asks again. Two of the same at once: the
-- second waits for the first. A caller who keeps the key beside what was made claims first and then looks for it there:
-- so the answer is the same after a day, too, when the claim is gone.
--
-- SECURITY DEFINER because no API role may read or write what others asked; it is bound to the caller's own id.
create function app.claim_request(p_request_key uuid, p_request text) returns boolean
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_caller_id constant uuid := coalesce(app.my_id(), (auth.jwt() ->> 'api_key_id')::uuid);
  v_digest constant bytea := sha256(convert_to(p_request, 'UTF8'));
  v_known bytea;
begin
  if v_caller_id is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;

  insert into app.claimed_requests (caller_id, request_key, digest, claimed_at)
  values (v_caller_id, p_request_key, v_digest, app.clock())
  on conflict (caller_id, request_key) do nothing;
  if found then
    -- Clears a few old ones in passing, more than it adds, so the table stays as small as its use.
    delete from app.claimed_requests
    where (caller_id, request_key) in (
      select old.caller_id, old.request_key
      from app.claimed_requests as old
      where old.claimed_at < app.clock() - interval '1 day'
      order by old.claimed_at
      limit 3
      for update skip locked
    );
    return true;
  end if;

  select requests.digest into v_known
  from app.claimed_requests as requests
  where requests.caller_id = v_caller_id and requests.request_key = p_request_key;
  if v_known is distinct from v_digest then
    perform app.raise_error(
      'conflict', 'This request key was used for another request.', p_hint => 'Make a new key for each request.'
    );
  end if;
  return false;
end
$$;

comment on function app.claim_request(uuid, text) is
'Whether the caller asks this for the first time under this key; within a day, a repeated request is told apart.
Errors: not_authenticated, session_expired, conflict (another request had the key).';

revoke all on function app.claim_request(uuid, text) from public;
grant execute on function app.claim_request(uuid, text) to authenticated;
