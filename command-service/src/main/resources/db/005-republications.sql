-- Messages that are sent again carry old log positions: the marks of the publisher say nothing about
-- them. Each of their batches has a number; batches commit one after the other, in its order.
CREATE SEQUENCE outbox_republication;
ALTER TABLE outbox ADD COLUMN republication bigint;
CREATE INDEX outbox_republished ON outbox (republication) WHERE republication IS NOT NULL;

-- "Every batch up to this one was committed before this place in the WAL."
CREATE TABLE outbox_republication_mark (
  republication bigint PRIMARY KEY,
  lsn pg_lsn NOT NULL
);

-- Who may see a parked saga.
ALTER TABLE saga_parked ADD COLUMN tenant text NOT NULL DEFAULT 'default';
CREATE INDEX saga_parked_longest ON saga_parked (tenant, parked_at, category, saga_id);
