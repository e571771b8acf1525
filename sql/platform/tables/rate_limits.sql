-- How often a subject has done something in the window that is open. Unlogged: losing the counts in a crash gives
-- everybody a fresh window, and that is cheaper than writing every count to the log and to each replica.
-- No stamp columns: nobody but app.limit_rate() writes it, and a row lives as long as its window.
create unlogged table app.rate_limits (
  action text not null,
  subject text not null,
  ends_at timestamptz not null,
  hit_count integer not null default 1,
  constraint rate_limits_pkey primary key (action, subject, ends_at),
  constraint rate_limits_action_form check (action ~ '^[a-z][a-z0-9_]{0,62}$'),
  -- Ids and hashes only: an e-mail address or a name would stay here after its person is deleted.
  constraint rate_limits_subject_form check (subject ~ '^[0-9a-f-]{8,64}$'),
  constraint rate_limits_hit_count_positive check (hit_count > 0)
);

create index rate_limits_ends_at_idx on app.rate_limits (ends_at);

comment on table app.rate_limits is 'How often each subject has done what is limited, per window of time.';
comment on column app.rate_limits.action is 'What is limited, such as invite_member_person.';
comment on column app.rate_limits.subject is 'Whose count it is: an id or a hash in hexadecimal, never a name or address.';
comment on column app.rate_limits.ends_at is 'When the window ends; with it the row may go.';
comment on column app.rate_limits.hit_count is 'How often in this window.';
