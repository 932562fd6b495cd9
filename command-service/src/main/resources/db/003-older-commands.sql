-- Commands of streams that are too long to remember all of theirs; read from the streams when asked for.
CREATE TABLE older_command (
  stream text NOT NULL,
  command_id uuid NOT NULL,
  request_hash text NOT NULL,
  first_revision bigint NOT NULL,
  last_revision bigint NOT NULL,
  PRIMARY KEY (stream, command_id)
);

-- Events of a stream before this revision are in older_command.
CREATE TABLE older_command_extent (
  stream text PRIMARY KEY,
  before_revision bigint NOT NULL
);
