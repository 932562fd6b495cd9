/// Running processes, for admins. Read-only here.
@NullMarked
package io.kiroku.gateway.saga;

import org.jspecify.annotations.NullMarked;
