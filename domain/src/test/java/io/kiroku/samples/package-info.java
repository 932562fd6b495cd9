/// One instance of every stored event, the same every time. Whoever stores or reads events takes
/// them from here, so that a new event cannot be forgotten.
@NullMarked
package io.kiroku.samples;

import org.jspecify.annotations.NullMarked;
