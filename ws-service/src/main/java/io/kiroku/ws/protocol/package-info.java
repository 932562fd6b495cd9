/// The JSON that travels over a socket, in both directions. README.md of this module documents it.
@NullMarked
package io.kiroku.ws.protocol;

import org.jspecify.annotations.NullMarked;
