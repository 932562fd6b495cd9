package io.kiroku.ws.protocol;

import java.util.List;
import java.util.Map;

/// What a client may say.
public sealed interface ClientMessage {
  /// @param afterSequence by job: the last sequence that the client knows; 0 if not named
  record Subscribe(List<String> jobIds, Map<String, Long> afterSequence) implements ClientMessage {
    public Subscribe {
      jobIds = List.copyOf(jobIds);
      afterSequence = Map.copyOf(afterSequence);
    }
  }

  record Unsubscribe(List<String> jobIds) implements ClientMessage {
    public Unsubscribe {
      jobIds = List.copyOf(jobIds);
    }
  }

  record Ping() implements ClientMessage {}

  /// Anything else; answered with an error, the socket stays open.
  record Unreadable(String code, String detail) implements ClientMessage {}
}
