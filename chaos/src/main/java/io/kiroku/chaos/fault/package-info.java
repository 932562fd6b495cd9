/// What is done to the platform: parts are killed and paused, links between them cut.
@NullMarked
package io.kiroku.chaos.fault;

import org.jspecify.annotations.NullMarked;
