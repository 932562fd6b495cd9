/// How far the read models are, for admins. Read-only here.
@NullMarked
package io.kiroku.gateway.projection;

import org.jspecify.annotations.NullMarked;
