-- Ids of sagas are unique within a kind only: two processes may be about one order. What is there
-- is all of the first kind.
ALTER TABLE saga_row ADD COLUMN category text NOT NULL DEFAULT 'fulfillment';
ALTER TABLE saga_row ALTER COLUMN category DROP DEFAULT;
ALTER TABLE saga_row DROP CONSTRAINT saga_row_pkey, ADD PRIMARY KEY (category, saga_id);

ALTER TABLE saga_timer ADD COLUMN category text NOT NULL DEFAULT 'fulfillment';
ALTER TABLE saga_timer ALTER COLUMN category DROP DEFAULT;
ALTER TABLE saga_timer DROP CONSTRAINT saga_timer_pkey, ADD PRIMARY KEY (category, saga_id, timer);

ALTER TABLE saga_parked ADD COLUMN category text NOT NULL DEFAULT 'fulfillment';
ALTER TABLE saga_parked ALTER COLUMN category DROP DEFAULT;
ALTER TABLE saga_parked DROP CONSTRAINT saga_parked_pkey, ADD PRIMARY KEY (category, saga_id);

ALTER TABLE saga_inbox ADD COLUMN category text NOT NULL DEFAULT 'fulfillment';
ALTER TABLE saga_inbox ALTER COLUMN category DROP DEFAULT;
ALTER TABLE saga_inbox DROP CONSTRAINT saga_inbox_pkey, ADD PRIMARY KEY (category, saga_id, position);
