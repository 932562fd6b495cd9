/// What queries share, without a service around it.
@NullMarked
package io.kiroku.query.running;

import org.jspecify.annotations.NullMarked;
