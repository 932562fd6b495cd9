/// Jobs, as their owners see them. Anybody else gets the answer that an unknown id gets.
@NullMarked
package io.kiroku.gateway.job;

import org.jspecify.annotations.NullMarked;
