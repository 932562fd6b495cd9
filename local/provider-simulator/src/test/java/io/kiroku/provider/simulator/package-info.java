@NullMarked
package io.kiroku.provider.simulator;

import org.jspecify.annotations.NullMarked;
