-- What unlocks a kiosk for its user, beside his password. null: he has none.

alter table user_account add column pin_hash text;
