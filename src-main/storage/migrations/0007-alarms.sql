-- Alarms: what they are, every transition of each, and who is told.

create table alarm (
  controller_id int not null references controller (id),
  id uuid not null,
  position int not null,
  config jsonb not null,
  primary key (controller_id, id)
);

-- With the alarm's words of then: it may be named otherwise, or gone, when somebody reads this.
create table alarm_event (
  controller_id int not null references controller (id),
  id uuid not null,
  at timestamptz not null,
  alarm_id uuid not null,
  name text not null,
  kind text not null,
  priority text not null,
  channel_id uuid,
  transition text not null,
  from_state text not null,
  to_state text not null,
  value float8,
  unit text not null,
  actor text,
  note text,
  group_id uuid,
  -- An event is itself by its id, so that one that is stored again adds nothing.
  primary key (controller_id, id)
);
create index alarm_event_recent on alarm_event (controller_id, at);
create index alarm_event_of_alarm on alarm_event (controller_id, alarm_id, id);

create table notification_target (
  controller_id int not null references controller (id),
  id uuid not null,
  position int not null,
  config jsonb not null,
  primary key (controller_id, id)
);
