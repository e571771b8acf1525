-- Texts in other languages. Whoever adds one shows that it is a published wording: an instrument is valid as it was
-- validated, and not as somebody translated it.
create table app.instrument_translations (
  instrument_id uuid not null,
  language_code text not null,
  text_key text not null,
  translated_text text not null,
  constraint instrument_translations_pkey primary key (instrument_id, language_code, text_key),
  constraint instrument_translations_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id) on delete cascade,
  constraint instrument_translations_language_code_form check (language_code ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  constraint instrument_translations_text_key_form check (
    text_key ~ '^(title|description|(item|scale)/[A-Za-z0-9._-]{1,63}|(option|band)/[a-z0-9_]{1,63}/[a-z0-9_]{1,63})$'
  ),
  constraint instrument_translations_translated_text_length check (length(translated_text) between 1 and 4000)
);

create trigger _200_published
before insert or update or delete on app.instrument_translations
for each row execute function app.guard_instrument_part();

comment on table app.instrument_translations is 'What the texts of an instrument are in other languages.';
comment on column app.instrument_translations.instrument_id is 'The version.';
comment on column app.instrument_translations.language_code is 'The language (BCP 47).';
comment on column app.instrument_translations.text_key is
'Which text: title, description, item/<link_id>, scale/<code>, option/<set>/<code> or band/<scale>/<code>.';
comment on column app.instrument_translations.translated_text is 'The text in that language.';
