-- One upsert by key. Windows are fixed (they begin at multiples of their length), so around a boundary somebody may
-- do twice as much in a short time: good enough against abuse, and one row instead of one per call.
--
-- A refused call is rolled back, and its count with it. So this counts what was done, not what was tried: it bounds
-- invitations sent and keys exchanged, and is no help against guessing. Secrets that could be guessed must be too
-- long for that.
--
-- Whoever may name the subject could use up somebody else's share. So no API role may call it: it is called inside
-- the definers of the RPCs, which take the subject from the session. A shared subject (an organization) is counted
-- after the person's own, which is the smaller one.
create function app.limit_rate(p_action text, p_subject text, p_limit integer, p_per interval) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ends_at constant timestamptz := date_bin(p_per, app.clock(), '2000-01-01 00:00:00+00') + p_per;
  v_hit_count integer;
begin
  if p_limit is null or p_limit < 1 then
    raise exception 'app.limit_rate: a limit is at least 1';
  end if;

  insert into app.rate_limits as limits (action, subject, ends_at)
  values (p_action, p_subject, v_ends_at)
  on conflict (action, subject, ends_at) do update set hit_count = limits.hit_count + 1
  where limits.hit_count < p_limit
  returning limits.hit_count into v_hit_count;

  if v_hit_count is null then
    perform app.raise_error(
      'rate_limited', 'Too often. Try again later.',
      jsonb_build_object(
        'action', p_action, 'limit', p_limit,
        'retry_after', greatest(1, ceil(extract(epoch from v_ends_at - app.clock()))::integer)
      )
    );
  end if;

  -- A new window clears a few old ones in passing, more than it adds, so the table stays as small as its use. The
  -- hour is for transactions that began in a window which has ended since.
  if v_hit_count = 1 then
    delete from app.rate_limits
    where (action, subject, ends_at) in (
      select old.action, old.subject, old.ends_at
      from app.rate_limits as old
      where old.ends_at < app.clock() - interval '1 hour'
      order by old.ends_at
      limit 10
      for update skip locked
    );
  end if;
end
$$;

comment on function app.limit_rate(text, text, integer, interval) is
'Ends the request with rate_limited (and Retry-After) if this subject has done this p_limit times in the current window.
p_action: what is counted; p_subject: an id or hash, in hexadecimal; p_per: the window, in days or less.';

revoke all on function app.limit_rate(text, text, integer, interval) from public;
