package io.kiroku.eventstore.node;

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
import java.util.Random;
import java.util.function.Predicate;

/// Random histories that are likely to meet every rule: few streams, ids that come again, expected
/// revisions near the right one.
final class Histories {
  static final List<String> STREAMS =
      List.of("order-1", "order-2", "$settings-of-mine", "links-of-mine");

  private static final List<String> LINKS = List.of("x@order-1", "-1@order-1", "@", "1@missing");
  private static final int SECONDS_MAX = 10;

  private static final List<String> METADATA =
      List.of(
          "{\"$maxCount\":2}",
          "{\"$maxCount\":1,\"$tb\":1,\"owner\":\"me\"}",
          "{\"$tb\":3,\"$acl\":{\"$r\":[\"$all\"],\"$w\":\"ops\"}}",
          "{\"$tb\":9223372036854775807,\"owner\":\"you\"}",
          "{\"$maxCount\":0,\"$tb\":-1}",
          "{\"$maxAge\":5}",
          "{\"$maxAge\":10,\"$maxCount\":3}",
          "{\"$maxAge\":9223372036854775807}",
          "{\"$maxAge\":-1,\"$tb\":2}",
          "{\"$maxCount\":\"2\",\"$tb\":null}",
          "{\"$maxCount\":9223372036854775807,\"$cacheControl\":5}",
          "{}",
          "[]",
          "no json");

  private final Random random;
  private final ReferenceModel model = new ReferenceModel();
  private int numbers;

  private Histories(long seed) {
    random = new Random(seed);
  }

  static List<Step> random(long seed, int length) {
    Histories histories = new Histories(seed);
    List<Step> steps = new ArrayList<>();
    while (steps.size() < length) {
      Step step = histories.step();
      histories.model.answer(step);
      steps.add(step);
    }
    return steps;
  }

  private Step step() {
    String stream = oneOf(STREAMS);
    int choice = random.nextInt(100);
    if (choice < 30) {
      return append(stream, "event", "{\"of\":\"%s\"}".formatted(stream));
    } else if (choice < 40) {
      return append(oneOf(STREAMS), "$>", link());
    } else if (choice < 46) {
      return new Wait(1 + random.nextInt(SECONDS_MAX));
    } else if (choice < 62) {
      return append("$$" + stream, "$metadata", oneOf(METADATA));
    } else if (choice < 74) {
      return new Delete(stream, expected(stream));
    } else if (choice < 76) {
      return new Tombstone(stream, expected(stream));
    } else if (choice < 88) {
      return read(random.nextInt(4) == 0 ? "$$" + stream : stream);
    } else if (choice < 96) {
      return new ReadAll(
          random.nextBoolean(), random.nextInt(100), 1 + random.nextInt(20), random.nextBoolean());
    }
    return new Restart();
  }

  /// To an event that is there, was there, or never was.
  private String link() {
    String stream = (random.nextInt(4) == 0 ? "$$" : "") + oneOf(STREAMS);
    return random.nextInt(8) == 0 ? oneOf(LINKS) : random.nextInt(8) + "@" + stream;
  }

  private Append append(String stream, String type, String data) {
    List<Proposed> events = new ArrayList<>();
    List<Integer> known = model.numbers(stream);
    if (!known.isEmpty() && random.nextInt(3) == 0) {
      int from = random.nextInt(known.size());
      int to = Math.min(known.size(), from + 1 + random.nextInt(3));
      known.subList(from, to).stream()
          .filter(number -> number > 0)
          .forEach(number -> events.add(new Proposed(number, type, data)));
    }
    int fresh = events.isEmpty() ? random.nextInt(8) : random.nextInt(8) - 6;
    for (int i = 0; i < Math.min(fresh, 3); i++) {
      events.add(new Proposed(++numbers, type, data));
    }
    return new Append(stream, expected(stream), events);
  }

  private Read read(String stream) {
    boolean backwards = random.nextBoolean();
    long from = backwards && random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(12);
    return new Read(stream, backwards, from, 1 + random.nextInt(6), random.nextBoolean());
  }

  private long expected(String stream) {
    long current = model.current(stream);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Step.ANY;
      case 3, 4 -> Step.NONE;
      case 5 -> Step.EXISTS;
      case 6, 7 -> Math.max(Step.NONE, current - 1 - random.nextInt(4));
      case 8 -> current == Long.MAX_VALUE ? 0 : current + 1;
      default -> current == Long.MAX_VALUE ? 0 : current;
    };
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// The same failure with fewer steps: one after the other is left out as long as it still fails.
  static List<Step> shrink(List<Step> failing, Predicate<List<Step>> fails) {
    List<Step> steps = new ArrayList<>(failing);
    for (int i = steps.size() - 2; i >= 0; i--) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(i);
      if (fails.test(fewer)) {
        steps = fewer;
      }
    }
    return steps;
  }
}
