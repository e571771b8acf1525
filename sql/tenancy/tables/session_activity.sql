-- When each session was last in use. Apart from user_sessions, because a request holds its row until it ends: two
-- people who change each other's roles would each hold their own session and wait for the other's.
-- No stamp columns: only requests write it, once a minute.
create table app.session_activity (
  session_id uuid not null,
  last_seen_at timestamptz not null,
  constraint session_activity_pkey primary key (session_id),
  constraint session_activity_session_id_fkey foreign key (session_id)
  references public.user_sessions (id) on delete cascade
)
-- Room on the page: the row changes often and in no index.
with (fillfactor = 50);

comment on table app.session_activity is 'Signs of life of each session; the idle limit counts from the last.';
comment on column app.session_activity.session_id is 'The session.';
comment on column app.session_activity.last_seen_at is
'Last request that could write, to the minute; touch_session() refreshes it.';
