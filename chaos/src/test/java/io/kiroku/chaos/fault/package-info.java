@NullMarked
package io.kiroku.chaos.fault;

import org.jspecify.annotations.NullMarked;
