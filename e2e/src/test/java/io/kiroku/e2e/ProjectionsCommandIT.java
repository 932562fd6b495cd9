package io.kiroku.e2e;

import static io.kiroku.e2e.Terminal.kiroku;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.e2e.Terminal.Answer;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.launcher.platform.Port;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `./kiroku projections` in an operator's hands.
@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionsCommandIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REBUILT = "categories";
  private static final String PARKED = "product";
  private static final Pattern WAITING = Pattern.compile("build (\\d+): WAITING");

  private final RunningPlatform platform;

  ProjectionsCommandIT(RunningPlatform platform) {
    this.platform = platform;
  }

  @BeforeEach
  void heal() {
    platform.heal();
    TestShop.withPieces(platform.staff(), 1);
  }

  private static Answer projections(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "projections";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return kiroku(all);
  }

  private static String done(String... arguments) {
    Answer answer = projections(arguments);
    assertThat(answer.exitCode()).as(answer.printed()).isZero();
    return answer.printed();
  }

  private static String refused(String... arguments) {
    Answer answer = projections(arguments);
    assertThat(answer.exitCode()).as(answer.printed()).isEqualTo(1);
    assertThat(answer.printed().lines()).hasSize(1);
    return answer.printed();
  }

  @Test
  void the_status_tells_where_each_read_model_is_and_an_audit_finds_them_right() {
    assertThat(done("status").lines())
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(line -> line.matches("  \\S+ +\\w+ +position \\d+ of \\d+, .* parked .*"));
    assertThat(done("audit", PARKED, "--mend"))
        .containsPattern("\\[#{24}] 100 %  \\d+ streams.*, 0 differ")
        .doesNotContain("put right");
    assertThat(refused("audit", "nobody")).contains("NOT_FOUND");
  }

  @Test
  void a_rebuild_shows_its_progress_is_switched_to_rolled_back_from_and_dropped() {
    String built = done("rebuild", REBUILT, "--hold");
    assertThat(built)
        .containsPattern("\\[#*\\.*] +\\d+ %  \\d+ of \\d+ events, \\d+/s")
        .containsPattern("documents \\d+, before \\d+; .* 0 differ \\[]");
    String next = number(built);
    assertThat(done("builds", REBUILT))
        .contains("live: build 1, kept: none, being built: build " + next + ", WAITING");

    assertThat(done("switch", REBUILT))
        .contains("live: build " + next + ", kept: build 1, nothing is being built");
    assertThat(done("rollback", REBUILT)).contains("live: build 1, kept: build " + next);
    assertThat(done("drop-kept", REBUILT)).contains("live: build 1, kept: none");
    assertThat(refused("rollback", REBUILT)).contains("FAILED_PRECONDITION");
  }

  @Test
  void a_rebuild_is_given_up() {
    String next = number(done("rebuild", REBUILT, "--hold"));
    assertThat(done("cancel", REBUILT))
        .contains("live: build 1, kept: none, nothing is being built");
    assertThat(done("builds", REBUILT)).doesNotContain("build " + next);
    assertThat(refused("cancel", REBUILT)).contains("FAILED_PRECONDITION");
  }

  private static String number(String built) {
    Matcher found = WAITING.matcher(built);
    assertThat(found.find()).as(built).isTrue();
    return found.group(1);
  }

  @Test
  void parked_streams_are_listed_and_tried_and_one_is_skipped_and_one_dropped() {
    String one = changeOfNothing();
    String two = changeOfNothing();
    await().atMost(SOON).untilAsserted(() -> assertThat(done("parked", PARKED)).contains(one, two));
    assertThat(done("parked", PARKED, "--category", "stock")).isEmpty();

    assertThat(refused("retry", PARKED, one)).contains("FAILED_PRECONDITION");
    assertThat(done("retry", PARKED, "--error", "created before", "--per-second", "5").lines())
        .hasSize(2)
        .anyMatch(line -> line.matches("  \\d of 2: " + one + " STREAM_STILL_PARKED .*"))
        .anyMatch(line -> line.matches("  \\d of 2: " + two + " STREAM_STILL_PARKED .*"));

    assertThat(projections("skip", PARKED, one, "0").exitCode()).isEqualTo(2);
    assertThat(refused("skip", PARKED, one, "3", "--reason", "a test"))
        .contains("FAILED_PRECONDITION");
    assertThat(done("skip", PARKED, one, "0", "--reason", "a test"))
        .isEqualToIgnoringNewLines("  " + one + ": revision 0 is passed over");
    assertThat(done("drop", PARKED, two, "0", "--reason", "a test"))
        .isEqualToIgnoringNewLines("  " + two + ": what waited is passed over");
    assertThat(refused("retry", PARKED, one)).contains("NOT_FOUND");
    assertThat(done("parked", PARKED)).doesNotContain(one, two);
  }

  /// A product's price, of a product that was never created: other readers take no offence.
  private String changeOfNothing() {
    String product = UUID.randomUUID().toString();
    String data =
        """
        {"productId": "%s", "price": {"minorUnits": 1200, "currency": "JPY"},
         "at": "2026-01-02T03:04:05.678Z"}
        """
            .formatted(product);
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "hash", "staff", "default", null, null, null);
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    var event = new NewEvent(id, "product-price-changed.v1", bytes, metadata);
    StreamId stream = StreamId.of("product", product);
    String address = platform.parts().ports().address(Port.EVENT_STORE);
    try (var store = new EventStoreDbConnection("esdb://" + address + "?tls=false")) {
      var _ =
          new EventStoreDbEventStore(store).append(stream, -1, List.of(event)).await().atMost(SOON);
    }
    return stream.value();
  }
}
