/// The service's PostgreSQL database: its schema, versioned, applied at start. All tables are
/// derived from the log, except the persons' keys.
@NullMarked
package io.kiroku.command.database;

import org.jspecify.annotations.NullMarked;
