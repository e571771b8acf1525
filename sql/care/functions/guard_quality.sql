create function app.guard_complaint() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.details is distinct from old.details then
    perform app.check_length('details', new.details, 4000);
  end if;
  if new.complainant is distinct from old.complainant and new.complainant is not null then
    perform app.check_length('complainant', new.complainant, 500);
  end if;
  if new.response is distinct from old.response and new.response is not null then
    perform app.check_length('response', new.response, 4000);
  end if;
  if tg_op = 'UPDATE' and new.site_id <> old.site_id then
    perform app.raise_error('conflict', 'A complaint stays with the site that it is about.');
  end if;
  return new;
end
$$;

comment on function app.guard_complaint() is
'Trigger _200_guard: what was said and answered is no longer than it may be; a complaint stays with its site.';

create function app.guard_quality_audit() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.findings is distinct from old.findings then
    perform app.check_length('findings', new.findings, 8000);
  end if;
  return new;
end
$$;

comment on function app.guard_quality_audit() is 'Trigger _200_guard: findings have 1 to 8000 characters.';

revoke all on function app.guard_complaint() from public;
revoke all on function app.guard_quality_audit() from public;
