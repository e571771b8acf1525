-- The record of every message: written in the transaction that has something to tell, and once more when it is settled
-- or an attempt failed. Claiming does not touch it (notification_tasks, notification_leases), so that no row changes
-- again and again while old snapshots keep each version alive. No index is on what settling changes, and the pages
-- leave room: settling is a heap-only update.
-- No stamp columns: nobody edits a message.
create table public.notification_queue (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  channel public.notification_channel not null,
  recipient_id uuid,
  webhook_id uuid,
  integration_id uuid,
  template_key text not null,
  payload jsonb not null default '{}',
  priority public.notification_priority not null default 'normal',
  trigger_at timestamptz not null,
  expires_at timestamptz,
  dedupe_key text,
  line_key text,
  max_attempts smallint not null default 12,
  created_at timestamptz not null,
  created_by uuid,
  status public.notification_status not null default 'pending',
  attempt_count smallint not null default 0,
  last_error text,
  settled_at timestamptz,
  died_at timestamptz,
  title text,
  body text,
  read_at timestamptz,
  constraint notification_queue_pkey primary key (org_id, id),
  constraint notification_queue_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint notification_queue_recipient_id_fkey foreign key (recipient_id)
  references auth.users (id) on delete cascade,
  constraint notification_queue_webhook_fkey foreign key (org_id, webhook_id) references public.webhooks (org_id, id),
  constraint notification_queue_integration_fkey foreign key (org_id, integration_id)
  references public.integration_configs (org_id, id),
  constraint notification_queue_one_recipient check (
    case channel
      when 'webhook' then webhook_id is not null and num_nonnulls(recipient_id, integration_id) = 0
      when 'chat' then integration_id is not null and num_nonnulls(recipient_id, webhook_id) = 0
      else recipient_id is not null and num_nonnulls(webhook_id, integration_id) = 0
    end
  ),
  constraint notification_queue_template_key_form check (template_key ~ '^[a-z][a-z0-9_.]{0,99}$'),
  constraint notification_queue_payload_small check (app.check_json(payload, 2048, 1)),
  constraint notification_queue_dedupe_key_length check (length(dedupe_key) between 1 and 200),
  constraint notification_queue_line_key_length check (length(line_key) between 1 and 100),
  constraint notification_queue_max_attempts_range check (max_attempts between 1 and 50),
  constraint notification_queue_attempt_count_range check (attempt_count between 0 and 1000),
  constraint notification_queue_last_error_length check (length(last_error) <= 500),
  constraint notification_queue_settled check ((status = 'pending') = (settled_at is null)),
  constraint notification_queue_died check ((status = 'dead') = (died_at is not null)),
  constraint notification_queue_title_length check (length(title) <= 200),
  constraint notification_queue_body_length check (length(body) <= 10000),
  constraint notification_queue_shown_in_app check (channel = 'in_app' or num_nonnulls(title, body, read_at) = 0)
) with (fillfactor = 50);

-- The inbox, newest first.
create index notification_queue_recipient_idx on public.notification_queue (recipient_id, org_id, id);
create index notification_queue_webhook_id_idx on public.notification_queue (org_id, webhook_id);
create index notification_queue_integration_id_idx on public.notification_queue (org_id, integration_id);
create unique index notification_queue_dedupe_key on public.notification_queue (org_id, dedupe_key)
where dedupe_key is not null;
create index notification_queue_died_at_idx on public.notification_queue (org_id, died_at) where died_at is not null;

-- What a room tells somebody about themselves alone has a template whose key begins with `private.`.
create policy floor_private on public.notification_queue
as restrictive for select to authenticated
using (not starts_with(template_key, 'private.') or recipient_id = (select app.my_id()));
comment on policy floor_private on public.notification_queue is
'Whatever else is allowed: a private message is seen by its recipient alone.';

comment on table public.notification_queue is
'Messages to people, teams'' channels and other systems, from being scheduled to what became of them.';
comment on column public.notification_queue.org_id is 'The organization that sends.';
comment on column public.notification_queue.id is 'Key within the organization, and the idempotency key towards receivers.';
comment on column public.notification_queue.channel is 'How it goes out.';
comment on column public.notification_queue.recipient_id is 'To whom (auth.users); null for chat and webhook. The address is looked up when it is sent.';
comment on column public.notification_queue.webhook_id is 'The webhook, for that channel.';
comment on column public.notification_queue.integration_id is 'The chat integration, for that channel.';
comment on column public.notification_queue.template_key is 'The words.';
comment on column public.notification_queue.payload is 'The values, of the kinds that the template lists; never free text.';
comment on column public.notification_queue.priority is 'What goes first.';
comment on column public.notification_queue.trigger_at is 'Not before.';
comment on column public.notification_queue.expires_at is 'Not any more from then on; null: whenever it succeeds.';
comment on column public.notification_queue.dedupe_key is 'Scheduling again with the same key gives this row.';
comment on column public.notification_queue.line_key is
'Messages of one line go out one after the other, in the order in which they were scheduled; null: in any order.';
comment on column public.notification_queue.max_attempts is 'Given up after so many.';
comment on column public.notification_queue.created_at is 'When it was scheduled.';
comment on column public.notification_queue.created_by is 'Who scheduled it (auth.users), null for the system.';
comment on column public.notification_queue.status is 'What became of it.';
comment on column public.notification_queue.attempt_count is 'Attempts that failed or were never heard of again.';
comment on column public.notification_queue.last_error is 'Why the last attempt failed: a code, then a short text. Never the message.';
comment on column public.notification_queue.settled_at is 'When it was sent or given up.';
comment on column public.notification_queue.died_at is 'When it was given up, for the list of dead letters.';
comment on column public.notification_queue.title is 'In the application only: the subject as it is shown.';
comment on column public.notification_queue.body is 'In the application only: the text as it is shown.';
comment on column public.notification_queue.read_at is 'In the application only: when the recipient marked it as read.';
