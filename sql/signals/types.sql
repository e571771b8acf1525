create type public.notification_channel as enum ('email', 'sms', 'chat', 'webhook', 'in_app');
comment on type public.notification_channel is
'How a message reaches its recipient; chat is a team''s channel in Slack or Teams, webhook another system.';

-- The order is the meaning: the worker empties an earlier one first.
create type public.notification_priority as enum ('urgent', 'normal', 'low');
comment on type public.notification_priority is
'What goes first. Urgent messages do not wait for the end of quiet hours.';

create type public.notification_status as enum ('pending', 'sent', 'dead', 'expired', 'cancelled');
comment on type public.notification_status is
'What became of a message: dead is given up and can be requeued; expired and cancelled were never sent.';

create type public.integration_kind as enum ('smtp', 'resend', 'twilio', 'slack', 'teams');
comment on type public.integration_kind is 'The services that an organization can send through.';
