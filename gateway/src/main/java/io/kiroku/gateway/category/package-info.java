/// Categories of the catalog. Anybody reads them, writers create them.
@NullMarked
package io.kiroku.gateway.category;

import org.jspecify.annotations.NullMarked;
