/// Breaks a rule on purpose.
@NullMarked
package io.kiroku.careless.dto;

import org.jspecify.annotations.NullMarked;
