/// Builds a read model anew beside the one that answers queries, and lets queries change over when
/// it has caught up. Which build is live is said by one stored document.
@NullMarked
package io.kiroku.projection.rebuild;

import org.jspecify.annotations.NullMarked;
