-- Private: nobody reaches it through the API.
create table public.residents (
  org_id uuid not null,
  id uuid not null,
  room_count integer,
  constraint residents_pkey primary key (org_id, id),
  constraint residents_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.residents is 'Who lives here.';
comment on column public.residents.org_id is 'The organization.';
comment on column public.residents.id is 'Key.';
comment on column public.residents.room_count is 'How many rooms they have.';
