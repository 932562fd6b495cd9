@NullMarked
package io.kiroku.query.events;

import org.jspecify.annotations.NullMarked;
