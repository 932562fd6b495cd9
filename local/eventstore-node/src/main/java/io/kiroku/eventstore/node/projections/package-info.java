/// The system projections at work: one reader of the log that fills the streams of links, and what
/// clients may know and decide of it.
@NullMarked
package io.kiroku.eventstore.node.projections;

import org.jspecify.annotations.NullMarked;
