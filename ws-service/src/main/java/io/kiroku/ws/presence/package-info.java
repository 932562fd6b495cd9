/// Who is connected, told to Kafka and kept in Redis. Nothing of it is needed to serve a socket.
@NullMarked
package io.kiroku.ws.presence;

import org.jspecify.annotations.NullMarked;
