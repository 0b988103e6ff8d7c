-- How each user wants to see things, one document each; it goes with its user.

create table user_preferences (
  controller_id int not null,
  user_id uuid not null,
  document jsonb not null,
  primary key (controller_id, user_id),
  foreign key (controller_id, user_id) references user_account (controller_id, id) on delete cascade
);
