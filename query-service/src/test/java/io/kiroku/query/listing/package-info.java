/// Lists as plain functions of what is declared and what is asked.
@NullMarked
package io.kiroku.query.listing;

import org.jspecify.annotations.NullMarked;
