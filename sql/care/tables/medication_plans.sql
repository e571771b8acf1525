-- How far the doses of an order have been planned. Only of orders that are active and have times of day; private
-- bookkeeping, so that planning ahead neither changes an order nor leaves an event each day.
create table app.medication_plans (
  org_id uuid not null,
  order_id uuid not null,
  planned_until_at timestamptz not null,
  constraint medication_plans_pkey primary key (org_id, order_id),
  constraint medication_plans_order_fkey foreign key (org_id, order_id)
  references public.medication_orders (org_id, id)
);

create index medication_plans_planned_until_at_idx on app.medication_plans (org_id, planned_until_at);

comment on table app.medication_plans is 'How far the doses of each order have been planned.';
comment on column app.medication_plans.org_id is 'The organization of the order.';
comment on column app.medication_plans.order_id is 'The order.';
comment on column app.medication_plans.planned_until_at is 'Its doses are planned up to this moment.';
