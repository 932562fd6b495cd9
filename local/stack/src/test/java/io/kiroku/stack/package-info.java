/// Tests of what the stack decides by itself; its parts together are tested by the launcher, which
/// has a PostgreSQL.
@NullMarked
package io.kiroku.stack;

import org.jspecify.annotations.NullMarked;
