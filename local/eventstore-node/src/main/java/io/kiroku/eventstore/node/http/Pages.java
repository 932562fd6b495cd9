package io.kiroku.eventstore.node.http;

import io.kiroku.eventstore.node.statistics.Statistics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be had over HTTP/1.1, by path. `/health/ready` is our own; the others are answered as
/// by EventStoreDB, in JSON.
final class Pages {
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;

  private final Map<String, Page> pages;

  Pages(Member member, Statistics statistics) {
    pages =
        Map.of(
            "/health/live",
            _ -> new Status(NO_CONTENT),
            "/health/ready",
            _ -> new Status(member.ready().getAsBoolean() ? NO_CONTENT : UNAVAILABLE),
            "/ping",
            _ -> new Document(Ping.ANSWER),
            "/info",
            _ -> new Document(Info.ANSWER),
            "/gossip",
            _ -> new Document(Gossip.of(member)),
            "/stats",
            query -> new Document(grouped(query) ? statistics.grouped() : statistics.flat()));
  }

  @Nullable Page at(String path) {
    return pages.get(path);
  }

  private static boolean grouped(Map<String, List<String>> query) {
    return !query.getOrDefault("group", List.of()).contains("false");
  }

  /// @see #answer
  @FunctionalInterface
  interface Page {
    /// Must not block.
    ///
    /// @param query parameters of the address
    Answer answer(Map<String, List<String>> query);
  }

  sealed interface Answer {}

  /// An answer without a body.
  record Status(int code) implements Answer {}

  /// An object to be shown as JSON.
  record Document(Object value) implements Answer {}

  /// Clients want a number for the type of the message; which one means nothing.
  private record Ping(int msgTypeId, String text) {
    static final Ping ANSWER = new Ping(0, "Ping request successfully handled");
  }
}
