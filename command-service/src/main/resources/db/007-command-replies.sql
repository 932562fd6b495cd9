-- Answers to commands that came over Kafka, by the answer's id, for as long as they may come again.
CREATE TABLE command_reply (
  id uuid PRIMARY KEY,
  reply bytea NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX command_reply_kept ON command_reply (kept_at);
