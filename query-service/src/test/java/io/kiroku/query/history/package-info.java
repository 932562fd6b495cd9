/// What changed between two documents, told field by field.
@NullMarked
package io.kiroku.query.history;

import org.jspecify.annotations.NullMarked;
