/// Keys of persons, wrapped with the master key, in PostgreSQL. The only data of this service that
/// the log cannot bring back.
@NullMarked
package io.kiroku.command.personalkeys;

import org.jspecify.annotations.NullMarked;
