-- One table of everybody's own notes, and functions that answer in every way an RPC of ours may.
create table public.notes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  body text not null default '',
  hours numeric(6, 2),
  written_on date not null default current_date,
  written_at timestamptz not null default now(),
  digest bytea,
  constraint notes_hours_positive check (hours >= 0)
);

alter table public.notes enable row level security;

revoke all on public.notes from anon, authenticated, service_role;
grant select, insert, update, delete on public.notes to authenticated;

create policy all_own on public.notes to authenticated
using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create function public.write_note(p_body text, p_hours numeric default 0, p_written_on date default current_date)
returns public.notes
language sql
as $$
  insert into public.notes (body, hours, written_on) values (p_body, p_hours, p_written_on) returning *
$$;

create function public.list_notes(p_from date, p_to date, p_limit integer default 10)
returns setof public.notes
language sql stable
as $$
  select * from public.notes where written_on between p_from and p_to order by written_at, id limit p_limit
$$;

create function public.fail_with(p_sqlstate text)
returns void
language plpgsql
as $$
begin
  raise exception using errcode = p_sqlstate, message = 'a message', detail = 'a detail', hint = 'a hint';
end
$$;

create function public.refuse()
returns void
language plpgsql
as $$
begin
  raise sqlstate 'PGRST' using
    message = '{"code": "rate_limited", "message": "Not so fast.", "details": "{\"left\": 0}", "hint": "Wait."}',
    detail = '{"status": 429, "headers": {"Retry-After": "7"}}';
end
$$;

create function public.who_asks()
returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'role', current_user,
    'claims', auth.jwt(),
    'uid', auth.uid(),
    'path', current_setting('request.path', true),
    'trace', current_setting('request.headers', true)::jsonb ->> 'x-trace'
  )
$$;

create function public.tell_kind(p_document jsonb)
returns jsonb
language sql stable
as $$
  select jsonb_build_object('kind', jsonb_typeof(p_document), 'document', p_document)
$$;
