-- Operators page through a tenant's orders, newest first.
CREATE INDEX order_row_newest ON order_row (tenant, placed_at DESC, order_id DESC);
