-- When each reservation of stock is over: from its own event until the one that settles it.
CREATE TABLE reservation_timer (
  product_id text NOT NULL,
  order_id text NOT NULL,
  due_at timestamptz NOT NULL,
  -- When to look at it: later than due_at once it has failed.
  try_at timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  error text,
  tenant text NOT NULL,
  correlation_id uuid NOT NULL,
  event_id uuid NOT NULL,
  position bigint NOT NULL,
  partition smallint NOT NULL,
  PRIMARY KEY (product_id, order_id)
);

CREATE INDEX reservation_timer_try ON reservation_timer (try_at);
