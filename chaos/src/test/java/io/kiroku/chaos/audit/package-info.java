@NullMarked
package io.kiroku.chaos.audit;

import org.jspecify.annotations.NullMarked;
