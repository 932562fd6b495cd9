/// The script's rules, on a real Redis.
@NullMarked
package io.kiroku.job.store;

import org.jspecify.annotations.NullMarked;
