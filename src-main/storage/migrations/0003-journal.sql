-- What outputs did, who asked and why; and how far each controller's journal has come.

create table output_event (
  id bigint generated always as identity primary key,
  controller_id int not null,
  channel_key int not null,
  at timestamptz not null,
  kind text not null,
  level_pct float8,
  owner text not null,
  reason_code text not null,
  reason_text text not null,
  actor text
);
-- An event is itself by what it says, so that a batch that is stored again adds nothing.
create unique index output_event_once
  on output_event (channel_key, at, kind, owner, reason_code, coalesce(level_pct, -1));
create index output_event_recent on output_event (controller_id, at);

create table journal_batch (
  controller_id int primary key references controller (id),
  last_sequence bigint not null,
  stored_at timestamptz not null
);
