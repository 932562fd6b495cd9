/// Categories of the catalog. Anybody reads them, writers create and delete them.
@NullMarked
package io.kiroku.gateway.category;

import org.jspecify.annotations.NullMarked;
