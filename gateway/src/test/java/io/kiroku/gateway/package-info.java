/// The gateway from outside, with small services behind it. What is said over HTTP is all that is
/// looked at.
@NullMarked
package io.kiroku.gateway;

import org.jspecify.annotations.NullMarked;
