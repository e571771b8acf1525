create function public.count_notes(p_kind public.note_kind) returns bigint
language sql stable
set search_path = ''
as $$
  select count(*) from public.notes where kind = p_kind
$$;
comment on function public.count_notes(public.note_kind) is 'How many notes a shift has written.';
revoke all on function public.count_notes(public.note_kind) from public, anon, authenticated, service_role;
grant execute on function public.count_notes(public.note_kind) to authenticated;
