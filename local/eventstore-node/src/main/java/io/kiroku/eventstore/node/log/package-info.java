/// The log: one writer that decides and commits appends in groups, and the views it is read by.
/// Storage is a port; what is recent is served from memory.
@NullMarked
package io.kiroku.eventstore.node.log;

import org.jspecify.annotations.NullMarked;
