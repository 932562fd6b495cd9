/// Customers who order all the time, give some of it back and, like real clients, repeat what was
/// not answered.
@NullMarked
package io.kiroku.chaos.load;

import org.jspecify.annotations.NullMarked;
