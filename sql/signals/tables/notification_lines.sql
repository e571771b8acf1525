-- Who is before whom, for messages that ask for an order. A row stays until its message is settled, so that the next
-- one waits through the retries of the one before.
-- No stamp columns: a place is taken and left, never changed.
create table app.notification_lines (
  org_id uuid not null,
  notification_id uuid not null,
  line_key text not null,
  place integer not null,
  constraint notification_lines_pkey primary key (org_id, notification_id),
  constraint notification_lines_notification_fkey foreign key (org_id, notification_id)
  references public.notification_queue (org_id, id) on delete cascade,
  constraint notification_lines_line_key_length check (length(line_key) between 1 and 100)
);

create index notification_lines_place_idx on app.notification_lines (org_id, line_key, place, notification_id);

comment on table app.notification_lines is 'Messages that are not settled yet, in the lines that they wait in.';
comment on column app.notification_lines.org_id is 'The organization of the line.';
comment on column app.notification_lines.notification_id is 'The message.';
comment on column app.notification_lines.line_key is 'The line, such as a person or a task.';
comment on column app.notification_lines.place is
'Counted up within the line; two that were scheduled at the same moment may share one and then go by their ids.';
