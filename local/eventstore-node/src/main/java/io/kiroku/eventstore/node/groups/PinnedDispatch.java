package io.kiroku.eventstore.node.groups;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Streams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Messages of one stream (or correlation) go to one consumer, as long as it is there: names are
/// hashed to buckets, buckets belong to consumers.
final class PinnedDispatch implements Dispatch {
  private static final int BUCKETS = 1024;

  private final boolean byCorrelation;
  private final List<GroupConsumer> consumers = new ArrayList<>();
  private final @Nullable GroupConsumer[] buckets = new GroupConsumer[BUCKETS];

  PinnedDispatch(boolean byCorrelation) {
    this.byCorrelation = byCorrelation;
  }

  @Override
  public @Nullable GroupConsumer choose(Message message) {
    if (consumers.isEmpty()) {
      return null;
    }
    int bucket = bucket(message);
    GroupConsumer owner = buckets[bucket];
    if (owner == null) {
      owner = leastBurdened();
      buckets[bucket] = owner;
    }
    return owner.free() ? owner : null;
  }

  private int bucket(Message message) {
    return Math.floorMod(spread(key(message).hashCode()), BUCKETS);
  }

  private GroupConsumer leastBurdened() {
    return consumers.stream().min(Comparator.comparingLong(this::burden)).orElseThrow();
  }

  private long burden(GroupConsumer consumer) {
    return bucketsOf(consumer).length;
  }

  private String key(Message message) {
    LogRecord target = message.target() == null ? message.record() : message.target();
    String correlation = byCorrelation ? correlation(target) : "";
    if (!correlation.isEmpty()) {
      return correlation;
    }
    return target.type().equals(Streams.LINK_TYPE)
        ? target.event().data().toStringUtf8().replaceFirst("^[^@]*@", "")
        : target.stream();
  }

  private static String correlation(LogRecord record) {
    try {
      return JsonParser.parseString(record.event().metadata().toStringUtf8())
                  instanceof JsonObject json
              && json.get("$correlationId") instanceof JsonPrimitive id
              && id.isString()
          ? id.getAsString()
          : "";
    } catch (JsonParseException _) {
      return "";
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  @Override
  public boolean mayPassOver() {
    return consumers.stream().anyMatch(GroupConsumer::free);
  }

  /// The newcomer takes its share of the buckets from the others; first those of which no message
  /// is being processed, so that two consumers rarely work on one stream.
  @Override
  public void connected(GroupConsumer consumer, Collection<Message> inFlight) {
    consumers.add(consumer);
    BitSet busy = new BitSet(BUCKETS);
    inFlight.forEach(message -> busy.set(bucket(message)));
    int share = BUCKETS / consumers.size();
    for (GroupConsumer other : consumers) {
      if (!other.equals(consumer)) {
        int[] owned = bucketsOf(other);
        IntStream.concat(idle(owned, busy), IntStream.of(owned).filter(busy::get))
            .limit(Math.max(0, owned.length - share))
            .forEach(bucket -> buckets[bucket] = consumer);
      }
    }
  }

  private static IntStream idle(int[] owned, BitSet busy) {
    return IntStream.of(owned).filter(bucket -> !busy.get(bucket));
  }

  private int[] bucketsOf(GroupConsumer consumer) {
    return IntStream.range(0, BUCKETS).filter(i -> consumer.equals(buckets[i])).toArray();
  }

  @Override
  public void disconnected(GroupConsumer consumer) {
    consumers.remove(consumer);
    for (int i = 0; i < BUCKETS; i++) {
      if (consumer.equals(buckets[i])) {
        buckets[i] = null;
      }
    }
  }

  @Override
  public List<GroupConsumer> consumers() {
    return List.copyOf(consumers);
  }
}
