/// What a request brings besides its path: token, keys, revisions, a strict JSON body. Shapes are
/// checked here; rules are checked by the services.
@NullMarked
package io.kiroku.gateway.request;

import org.jspecify.annotations.NullMarked;
