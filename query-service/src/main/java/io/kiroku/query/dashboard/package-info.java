/// The shop at a glance, from several read models, once or whenever it changes.
@NullMarked
package io.kiroku.query.dashboard;

import org.jspecify.annotations.NullMarked;
