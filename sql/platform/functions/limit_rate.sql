create function app.limit_rate(p_action text, p_subject text, p_limit integer, p_per interval) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  insert into app.rate_counts as counts (action, subject, window_at, used)
  values (p_action, p_subject, date_bin(p_per, app.clock(), timestamptz '2000-01-01'), 1)
  on conflict (action, subject, window_at) do update set used = counts.used + 1;
  if (select used from app.rate_counts where action = p_action and subject = p_subject and window_at = date_bin(p_per, app.clock(), timestamptz '2000-01-01')) > p_limit then
    perform app.raise_error('rate_limited', 'Too many requests.', jsonb_build_object('retry_after', ceil(extract(epoch from p_per))));
  end if;
end
$$;
comment on function app.limit_rate(text, text, integer, interval) is 'Temporary.';
revoke all on function app.limit_rate(text, text, integer, interval) from public;
create table app.rate_counts (action text, subject text, window_at timestamptz, used integer, primary key (action, subject, window_at));
