package io.kiroku.eventstore.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.kiroku.eventstore.node.Step.Append;
import io.kiroku.eventstore.node.Step.Delete;
import io.kiroku.eventstore.node.Step.Proposed;
import io.kiroku.eventstore.node.Step.Read;
import io.kiroku.eventstore.node.Step.ReadAll;
import io.kiroku.eventstore.node.Step.Restart;
import io.kiroku.eventstore.node.Step.Tombstone;
import io.kiroku.eventstore.node.Step.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What EventStoreDB answers and shows, said as plainly as can be: one list of events, and every
/// question answered by looking through it. Its time is told, and it forgets no id.
final class ReferenceModel {
  private static final Pattern LINK = Pattern.compile("(\\d{1,18})@(.+)");

  private final List<Stored> log = new ArrayList<>();
  private long seconds;

  /// @param number of the event's id; 0 if the server made it up
  /// @param created seconds since the beginning
  record Stored(
      String stream, long revision, int number, String type, JsonElement data, long created) {}

  /// What a reader is shown.
  ///
  /// @param event null if the link stands for nothing that readers see
  /// @param link null if it is none that was resolved
  record Seen(@Nullable Stored event, @Nullable Stored link) {}

  Answer answer(Step step) {
    return switch (step) {
      case Append append -> append(append);
      case Delete delete -> delete(delete);
      case Tombstone tombstone -> tombstone(tombstone);
      case Read read -> read(read);
      case ReadAll read -> new Answer.Events(seen(page(read), read.resolve()), Step.NONE);
      case Restart _ -> new Answer.Written(Step.NONE, Step.NOWHERE);
      case Wait wait -> waited(wait);
    };
  }

  private Answer append(Append append) {
    String stream = append.stream();
    long expected = append.expected();
    long current = current(stream);
    if (tombstoned(stream) || (expected == Step.EXISTS && softDeleted(stream))) {
      return new Answer.Deleted();
    }
    if (expected == Step.EXISTS && neverWritten(stream)) {
      return new Answer.Wrong(current);
    }
    if (expected > current) {
      return new Answer.Wrong(current);
    }
    if (expected == current) {
      return write(append);
    }
    List<Stored> known = expected < Step.NONE ? byId(append) : following(append);
    if (!known.isEmpty()) {
      return known.size() == append.events().size()
          ? new Answer.Written(known.getLast().revision(), log.indexOf(known.getLast()))
          : new Answer.Wrong(current);
    }
    boolean anew =
        expected < Step.NONE
            || (expected == Step.NONE && softDeleted(stream) && !append.events().isEmpty());
    return anew ? write(append) : new Answer.Wrong(current);
  }

  /// The leading events that the stream has already, wherever: its latest of each id.
  private List<Stored> byId(Append append) {
    List<Stored> known = new ArrayList<>();
    for (Proposed event : append.events()) {
      List<Stored> same =
          of(append.stream()).filter(stored -> stored.number() == event.number()).toList();
      if (same.isEmpty()) {
        break;
      }
      known.add(same.getLast());
    }
    return known;
  }

  /// The leading events that the stream has right after the expected revision.
  private List<Stored> following(Append append) {
    List<Stored> events = of(append.stream()).toList();
    List<Stored> known = new ArrayList<>();
    for (Proposed event : append.events()) {
      int at = (int) append.expected() + 1 + known.size();
      if (at >= events.size() || events.get(at).number() != event.number()) {
        break;
      }
      known.add(events.get(at));
    }
    return known;
  }

  private Answer write(Append append) {
    if (append.events().isEmpty()) {
      return new Answer.Written(current(append.stream()), Step.NOWHERE);
    }
    String subject = subject(append.stream());
    boolean deleted = softDeleted(subject);
    long comesBackAt = current(subject) + 1;
    append.events().forEach(event -> add(append.stream(), event));
    Answer written = new Answer.Written(current(append.stream()), log.size() - 1);
    boolean deletedAgain = !append.stream().equals(subject) && softDeleted(subject);
    if (deleted && !deletedAgain) {
      JsonObject keys = metadata(subject).deepCopy();
      keys.addProperty("$tb", comesBackAt);
      addMetadata(subject, keys);
    }
    return written;
  }

  private Answer delete(Delete delete) {
    String stream = delete.stream();
    if (tombstoned(stream) || (delete.expected() == Step.EXISTS && softDeleted(stream))) {
      return new Answer.Deleted();
    }
    if (neverWritten(stream) || misses(delete.expected(), stream)) {
      return new Answer.Wrong(current(stream));
    }
    JsonObject deleted = new JsonObject();
    deleted.addProperty("$tb", Long.MAX_VALUE);
    addMetadata(stream, deleted);
    return new Answer.Written(Step.NONE, log.size() - 1);
  }

  private Answer tombstone(Tombstone tombstone) {
    String stream = tombstone.stream();
    if (tombstoned(stream) || (tombstone.expected() == Step.EXISTS && softDeleted(stream))) {
      return new Answer.Deleted();
    }
    if ((tombstone.expected() == Step.EXISTS && neverWritten(stream))
        || misses(tombstone.expected(), stream)) {
      return new Answer.Wrong(current(stream));
    }
    log.add(new Stored(stream, Long.MAX_VALUE, 0, "$streamDeleted", json(""), seconds));
    return new Answer.Written(Step.NONE, log.size() - 1);
  }

  private boolean misses(long expected, String stream) {
    return expected >= Step.NONE && expected != current(stream);
  }

  private Answer read(Read read) {
    String stream = read.stream();
    if (tombstoned(stream)) {
      return new Answer.Deleted();
    }
    long last = current(stream);
    if (last == Step.NONE || softDeleted(stream)) {
      return new Answer.NotFound();
    }
    List<Stored> seen = of(stream).filter(this::visible).toList();
    List<Stored> page =
        (read.backwards()
                ? seen.reversed().stream().filter(event -> event.revision() <= read.from())
                : seen.stream().filter(event -> event.revision() >= read.from()))
            .limit(read.count())
            .toList();
    return new Answer.Events(seen(page, read.resolve()), last);
  }

  /// Forwards inclusive, backwards exclusive.
  private List<Stored> page(ReadAll read) {
    int at = read.place(log.size());
    List<Stored> side =
        read.backwards() ? log.subList(0, at).reversed() : log.subList(at, log.size());
    return side.stream().limit(read.count()).toList();
  }

  private Answer waited(Wait wait) {
    seconds += wait.seconds();
    return new Answer.Written(Step.NONE, Step.NOWHERE);
  }

  private List<Seen> seen(List<Stored> events, boolean resolve) {
    return events.stream()
        .map(event ->
            resolve && event.type().equals("$>")
                ? new Seen(target(event), event)
                : new Seen(event, null))
        .toList();
  }

  private @Nullable Stored target(Stored link) {
    Matcher text = LINK.matcher(link.data().getAsString());
    if (!text.matches() || tombstoned(text.group(2))) {
      return null;
    }
    long revision = Long.parseLong(text.group(1));
    return of(text.group(2))
        .filter(event -> event.revision() == revision && visible(event))
        .findFirst()
        .orElse(null);
  }

  private boolean visible(Stored event) {
    String stream = event.stream();
    long ageMax = stream.startsWith("$$") ? 0 : number(stream, "$maxAge");
    return event.revision() >= first(stream)
        && (ageMax == 0 || seconds - event.created() <= ageMax);
  }

  List<Stored> all() {
    return List.copyOf(log);
  }

  long current(String stream) {
    return of(stream).reduce((_, last) -> last).map(Stored::revision).orElse(Step.NONE);
  }

  /// Numbers of the ids of the stream's events, in order.
  List<Integer> numbers(String stream) {
    return of(stream).map(Stored::number).toList();
  }

  private Stream<Stored> of(String stream) {
    return log.stream().filter(event -> event.stream().equals(stream));
  }

  private boolean neverWritten(String stream) {
    return current(stream) == Step.NONE && current("$$" + stream) == Step.NONE;
  }

  private boolean tombstoned(String stream) {
    return current(subject(stream)) == Long.MAX_VALUE;
  }

  private boolean softDeleted(String stream) {
    return number(stream, "$tb") == Long.MAX_VALUE;
  }

  private long first(String stream) {
    long countMax = stream.startsWith("$$") ? 1 : number(stream, "$maxCount");
    long byCount = countMax == 0 ? 0 : current(stream) - countMax + 1;
    return Math.max(byCount, number(stream, "$tb"));
  }

  /// A bound of the stream, or 0.
  private long number(String stream, String key) {
    return metadata(stream).get(key) instanceof JsonPrimitive value && value.isNumber()
        ? Math.max(0, value.getAsLong())
        : 0;
  }

  private JsonObject metadata(String stream) {
    return of("$$" + stream).reduce((_, last) -> last).map(Stored::data).orElse(json(""))
            instanceof JsonObject json
        ? json
        : new JsonObject();
  }

  private void add(String stream, Proposed event) {
    log.add(
        new Stored(
            stream,
            current(stream) + 1,
            event.number(),
            event.type(),
            json(event.data()),
            seconds));
  }

  private void addMetadata(String stream, JsonObject keys) {
    String metadata = "$$" + stream;
    log.add(
        new Stored(
            metadata, current(metadata) + 1, 0, "$metadata", json(keys.toString()), seconds));
  }

  private static String subject(String stream) {
    return stream.startsWith("$$") ? stream.substring(2) : stream;
  }

  /// Data as JSON, so that the order of keys does not matter; as text if it is none.
  static JsonElement json(String data) {
    try {
      return JsonParser.parseString(data) instanceof JsonObject json
          ? json
          : new JsonPrimitive(data);
    } catch (JsonParseException _) {
      return new JsonPrimitive(data);
    }
  }
}
