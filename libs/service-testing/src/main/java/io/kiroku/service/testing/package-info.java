/// What a service finds around it, as its tests start it: real, small and gone afterwards.
@NullMarked
package io.kiroku.service.testing;

import org.jspecify.annotations.NullMarked;
