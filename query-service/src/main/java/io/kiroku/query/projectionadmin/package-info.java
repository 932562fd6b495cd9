/// Shows admins where the read models stand, and lets them bring on what is parked.
@NullMarked
package io.kiroku.query.projectionadmin;

import org.jspecify.annotations.NullMarked;
