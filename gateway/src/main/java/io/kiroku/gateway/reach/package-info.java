/// Whether the services behind the gateway answer. Shown to operators; only the first contact
/// decides about readiness.
@NullMarked
package io.kiroku.gateway.reach;

import org.jspecify.annotations.NullMarked;
