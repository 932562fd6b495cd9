/// Open sockets. Each lives on one event loop and needs no locks. A slow or silent one is closed
/// and harms no other.
@NullMarked
package io.kiroku.ws.socket;

import org.jspecify.annotations.NullMarked;
