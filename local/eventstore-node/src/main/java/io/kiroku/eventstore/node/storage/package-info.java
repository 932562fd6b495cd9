/// Where records are kept: in memory, or in a PostgreSQL database of their own. A storage never
/// decides anything; it keeps what the one writer hands it.
@NullMarked
package io.kiroku.eventstore.node.storage;

import org.jspecify.annotations.NullMarked;
