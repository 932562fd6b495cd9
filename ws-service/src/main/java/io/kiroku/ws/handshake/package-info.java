/// Who may open a socket: whoever shows a good bearer token. Nobody else gets past the HTTP
/// upgrade.
@NullMarked
package io.kiroku.ws.handshake;

import org.jspecify.annotations.NullMarked;
