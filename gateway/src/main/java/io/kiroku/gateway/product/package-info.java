/// Products of the catalog. Anybody reads them, writers create them.
@NullMarked
package io.kiroku.gateway.product;

import org.jspecify.annotations.NullMarked;
