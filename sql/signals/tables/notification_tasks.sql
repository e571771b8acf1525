-- One narrow row per message that is to be claimed, gone when it is claimed. Rows come in at the end of the order and
-- leave at its front. A worker remembers where it got to and begins its next look there: it never walks over what
-- others have claimed, even if an old snapshot keeps those entries from being cleaned up. What commits behind its back
-- is found by the transaction that wrote it (written_by).
-- No stamp columns: a row is claimed whole, never changed.
create table app.notification_tasks (
  org_id uuid not null,
  notification_id uuid not null,
  priority public.notification_priority not null,
  due_at timestamptz not null,
  written_by xid8 not null,
  line_key text,
  place integer,
  constraint notification_tasks_pkey primary key (org_id, notification_id),
  -- None to the message: the row is written beside it, and whoever claims a task without a message drops it.
  constraint notification_tasks_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint notification_tasks_line_key_length check (length(line_key) between 1 and 100),
  constraint notification_tasks_place_in_line check ((line_key is null) = (place is null))
) with (autovacuum_vacuum_scale_factor = 0.05);

create index notification_tasks_order_idx on app.notification_tasks (priority, due_at, notification_id);
create index notification_tasks_written_by_idx on app.notification_tasks (written_by);

comment on table app.notification_tasks is 'Messages that wait to be claimed by a worker.';
comment on column app.notification_tasks.org_id is 'The organization of the message.';
comment on column app.notification_tasks.notification_id is 'The message: it waits once at most.';
comment on column app.notification_tasks.priority is 'First in the order.';
comment on column app.notification_tasks.due_at is 'Then this: when it may go out, never before the row was written.';
comment on column app.notification_tasks.written_by is 'The transaction that wrote the row: one that commits late is looked for by it.';
comment on column app.notification_tasks.line_key is 'The line that it waits in, if any.';
comment on column app.notification_tasks.place is 'Its place in the line.';
