/// What must be true after the storm, compared across the log and everything derived from it.
@NullMarked
package io.kiroku.chaos.audit;

import org.jspecify.annotations.NullMarked;
