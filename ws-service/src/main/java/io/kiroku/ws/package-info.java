/// WebSockets on which users follow their jobs. Any instance serves any socket: each reads all job
/// events.
@NullMarked
package io.kiroku.ws;

import org.jspecify.annotations.NullMarked;
