package io.kiroku.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Base64url of lines: version, tenant, then `stream@revision` for each stream, sorted.
final class ConsistencyTokenFormat {
  private static final String VERSION = "1";

  /// Characters; a token names a few streams, never hundreds.
  private static final int LENGTH_MAX = 8192;

  private ConsistencyTokenFormat() {}

  static String encode(ConsistencyToken token) {
    StringBuilder text = new StringBuilder(VERSION).append('\n').append(token.tenant());
    Map<String, Long> sorted = new TreeMap<>();
    token.revisions().forEach((stream, revision) -> sorted.put(stream.value(), revision));
    sorted.forEach(
        (stream, revision) -> text.append('\n').append(stream).append('@').append(revision));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static ConsistencyToken decode(String token) {
    String[] lines = text(token).split("\n", -1);
    if (lines.length < 3 || !lines[0].equals(VERSION) || lines[1].isBlank()) {
      throw unreadable();
    }
    Map<StreamId, Long> revisions = new HashMap<>();
    for (int i = 2; i < lines.length; i++) {
      int at = lines[i].lastIndexOf('@');
      if (at <= 0 || revisions.put(stream(lines[i], at), revision(lines[i], at)) != null) {
        throw unreadable();
      }
    }
    return new ConsistencyToken(lines[1], revisions);
  }

  private static String text(String token) {
    if (token.length() > LENGTH_MAX) {
      throw unreadable();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw unreadable();
    }
  }

  private static StreamId stream(String line, int at) {
    String name = line.substring(0, at);
    if (name.isBlank()) {
      throw unreadable();
    }
    return new StreamId(name);
  }

  private static long revision(String line, int at) {
    String digits = line.substring(at + 1);
    // 18 digits always fit into a long.
    if (digits.isEmpty()
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw unreadable();
    }
    return Long.parseLong(digits);
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException("Not a consistency token");
  }
}
