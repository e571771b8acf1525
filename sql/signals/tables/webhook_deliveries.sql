-- Every attempt to tell a webhook, with what it answered. No body: what a stranger's server says is not ours to keep.
-- No stamp columns: a row is written when the attempt is over and never changed.
create table public.webhook_deliveries (
  org_id uuid not null,
  id uuid not null default app.uuid_v7(),
  webhook_id uuid not null,
  notification_id uuid not null,
  attempt smallint not null,
  attempted_at timestamptz not null,
  is_delivered boolean not null,
  status_code smallint,
  duration_ms integer not null,
  error text,
  constraint webhook_deliveries_pkey primary key (org_id, id),
  constraint webhook_deliveries_webhook_fkey foreign key (org_id, webhook_id) references public.webhooks (org_id, id),
  constraint webhook_deliveries_notification_fkey foreign key (org_id, notification_id)
  references public.notification_queue (org_id, id) on delete cascade,
  constraint webhook_deliveries_status_code_range check (status_code between 100 and 999),
  constraint webhook_deliveries_duration_ms_range check (duration_ms >= 0),
  constraint webhook_deliveries_error_length check (length(error) <= 500)
);

create index webhook_deliveries_webhook_id_idx on public.webhook_deliveries (org_id, webhook_id, id);
create index webhook_deliveries_notification_id_idx on public.webhook_deliveries (org_id, notification_id);

comment on table public.webhook_deliveries is 'Attempts to tell other systems, one row each.';
comment on column public.webhook_deliveries.org_id is 'The organization of the webhook.';
comment on column public.webhook_deliveries.id is 'Key within the organization.';
comment on column public.webhook_deliveries.webhook_id is 'The webhook.';
comment on column public.webhook_deliveries.notification_id is 'The event; the same in every attempt, and what the receiver can tell repeats by.';
comment on column public.webhook_deliveries.attempt is 'Which attempt it was, counted from 1.';
comment on column public.webhook_deliveries.attempted_at is 'When it was over.';
comment on column public.webhook_deliveries.is_delivered is 'Whether the receiver took it.';
comment on column public.webhook_deliveries.status_code is 'The HTTP status; null without an answer.';
comment on column public.webhook_deliveries.duration_ms is 'How long it took, in milliseconds.';
comment on column public.webhook_deliveries.error is 'Why it failed: a code, then a short text.';
