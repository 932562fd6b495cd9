/// Lists that are told page by page.
@NullMarked
package io.kiroku.service.paging;

import org.jspecify.annotations.NullMarked;
