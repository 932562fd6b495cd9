-- Messages on their way to Kafka. Inserted by the publisher, carried on from the WAL by Debezium
-- (the column names are the connector's), deleted once its slot has passed them.
CREATE TABLE outbox (
  id uuid PRIMARY KEY,
  topic text NOT NULL,
  aggregate_id text NOT NULL,
  type text NOT NULL,
  payload bytea NOT NULL,
  stream text NOT NULL,
  revision bigint NOT NULL,
  log_position bigint NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  tenant text NOT NULL,
  traceparent text,
  partition smallint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- One row that the connector itself updates, so that its slot moves on in a quiet database.
CREATE TABLE outbox_heartbeat (
  id int PRIMARY KEY,
  beat timestamptz
);

-- "Every outbox row up to log_position was committed before this place in the WAL."
CREATE TABLE outbox_mark (
  log_position bigint PRIMARY KEY,
  lsn pg_lsn NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT now()
);

-- Consumers of the log: who owns which partitions, under which epoch, and how far they are.
CREATE TABLE log_consumer (
  consumer text NOT NULL,
  partition_from smallint NOT NULL,
  partition_to smallint NOT NULL,
  checkpoint bigint NOT NULL,
  epoch bigint NOT NULL,
  owner text,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (consumer, partition_from)
);

INSERT INTO log_consumer VALUES
  ('publisher', 0, 63, -1, 0, NULL, '-infinity'),
  ('saga-runner', 0, 63, -1, 0, NULL, '-infinity');

-- Write model of orders: what commands and admins look up by other keys than the stream.
CREATE TABLE order_row (
  order_id text PRIMARY KEY,
  tenant text NOT NULL,
  owner text NOT NULL,
  status text NOT NULL,
  total_minor_units bigint NOT NULL,
  currency text NOT NULL,
  placed_at timestamptz NOT NULL,
  revision bigint NOT NULL,
  partition smallint NOT NULL
);

CREATE INDEX order_row_of_owner ON order_row (tenant, owner, placed_at DESC);

CREATE TABLE saga_row (
  saga_id text PRIMARY KEY,
  saga text NOT NULL,
  tenant text NOT NULL,
  status text NOT NULL,
  step text NOT NULL,
  attempt int NOT NULL,
  code text NOT NULL,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  revision bigint NOT NULL,
  position bigint NOT NULL,
  partition smallint NOT NULL
);

CREATE INDEX saga_row_newest ON saga_row (started_at DESC, saga_id DESC);
CREATE INDEX saga_row_open ON saga_row (status, started_at DESC, saga_id DESC);

CREATE TABLE saga_timer (
  saga_id text NOT NULL,
  timer text NOT NULL,
  due_at timestamptz NOT NULL,
  position bigint NOT NULL,
  partition smallint NOT NULL,
  PRIMARY KEY (saga_id, timer)
);

CREATE INDEX saga_timer_due ON saga_timer (due_at);

-- Sagas that could not be decided, and what they have not heard yet.
CREATE TABLE saga_parked (
  saga_id text PRIMARY KEY,
  error text NOT NULL,
  attempts int NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  retry_at timestamptz NOT NULL,
  partition smallint NOT NULL
);

CREATE TABLE saga_inbox (
  saga_id text NOT NULL,
  position bigint NOT NULL,
  stream text NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (saga_id, position)
);

-- Keys of persons, wrapped with the master key; erasing a person empties the key and keeps the row,
-- so that nobody makes him a second one.
CREATE TABLE person_key (
  tenant text NOT NULL,
  person text NOT NULL,
  wrapped_key bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  erased_at timestamptz,
  PRIMARY KEY (tenant, person)
);
