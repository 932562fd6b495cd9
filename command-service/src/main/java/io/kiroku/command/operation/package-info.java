/// Starts and stops what runs by itself, and tells how it does. Everything waits for the schema
/// first.
@NullMarked
package io.kiroku.command.operation;

import org.jspecify.annotations.NullMarked;
