/// What the node tells of itself in figures.
@NullMarked
package io.kiroku.eventstore.node.statistics;

import org.jspecify.annotations.NullMarked;
