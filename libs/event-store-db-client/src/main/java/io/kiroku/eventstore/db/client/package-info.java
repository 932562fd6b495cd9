/// What the repackaged client of EventStoreDB refers to in place of Bouncy Castle. The client's own
/// classes keep their package, `com.eventstore.dbclient`.
@NullMarked
package io.kiroku.eventstore.db.client;

import org.jspecify.annotations.NullMarked;
