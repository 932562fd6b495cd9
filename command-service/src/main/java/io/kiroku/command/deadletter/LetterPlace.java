package io.kiroku.command.deadletter;

import io.kiroku.service.paging.OpaqueText;
import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/// Where a dead letter is.
record LetterPlace(String topic, int partition, long offset) implements Comparable<LetterPlace> {
  /// Before every letter.
  static final LetterPlace FIRST = new LetterPlace("", 0, 0);

  private static final Comparator<LetterPlace> ORDER =
      Comparator.comparing(LetterPlace::topic)
          .thenComparingInt(LetterPlace::partition)
          .thenComparingLong(LetterPlace::offset);

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  LetterPlace next() {
    return new LetterPlace(topic, partition, offset + 1);
  }

  @Override
  public int compareTo(LetterPlace other) {
    return ORDER.compare(this, other);
  }

  /// As a page token.
  String encode() {
    return OpaqueText.encode(toString());
  }

  /// Fails with [IllegalArgumentException] for what [#encode()] did not make.
  static LetterPlace decode(String token) {
    String[] parts = OpaqueText.decode(token).split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no place");
    }
    return new LetterPlace(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
