-- Requests that were carried out, by the key that their caller gave them. It holds no values: a repeated request is
-- answered from the row as it is now.
-- No stamp columns: nobody but app.claim_request() writes it, once. It belongs to who called, a person or an API key.
create table app.claimed_requests (
  caller_id uuid not null,
  request_key uuid not null,
  digest bytea not null,
  claimed_at timestamptz not null,
  constraint claimed_requests_pkey primary key (caller_id, request_key),
  constraint claimed_requests_digest_length check (length(digest) = 32)
);

create index claimed_requests_claimed_at_idx on app.claimed_requests (claimed_at);

comment on table app.claimed_requests is 'Requests that were carried out, so that a repeated one changes nothing.';
comment on column app.claimed_requests.caller_id is 'The person, or the API key.';
comment on column app.claimed_requests.request_key is 'The caller''s name for the request.';
comment on column app.claimed_requests.digest is 'SHA-256 of what was asked: one key is for one request.';
comment on column app.claimed_requests.claimed_at is 'When; a day later it may go.';
