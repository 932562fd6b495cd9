/// Orders: placed as jobs, followed by their owners. Placing is bounded: above the bound the answer
/// is 429.
@NullMarked
package io.kiroku.gateway.order;

import org.jspecify.annotations.NullMarked;
