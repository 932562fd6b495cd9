/// What operators want to know of the platform as a whole: how much there is, what depends on what,
/// and whether it answers.
@NullMarked
package io.kiroku.query.system;

import org.jspecify.annotations.NullMarked;
