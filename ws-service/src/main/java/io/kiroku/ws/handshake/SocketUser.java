package io.kiroku.ws.handshake;

import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import java.time.Instant;

/// Who opened a socket.
///
/// @param bearer shown to job-service, which decides what may be seen
/// @param expiresAt end of the token, and of the socket
public record SocketUser(Caller caller, String bearer, Instant expiresAt) {
  /// Under which the upgrade leaves it for the connection.
  public static final TypedKey<SocketUser> KEY = new TypedKey<>("kiroku-user");

  public RequestContext requestContext() {
    return new RequestContext(caller, bearer, null, null);
  }

  /// The token is a secret.
  @Override
  public String toString() {
    return "SocketUser[" + caller + "]";
  }
}
