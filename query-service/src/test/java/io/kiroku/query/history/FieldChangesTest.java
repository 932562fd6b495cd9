package io.kiroku.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.proto.query.v1.FieldChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldChangesTest {
  private static final Line TEA = new Line("Tea", 2);
  private static final Line CUP = new Line("Cup", 1);

  record Line(String name, long quantity) {}

  record Bill(String status, List<Line> lines, boolean paid, @Nullable Instant paidAt) {}

  private static Bill open(Line... lines) {
    return new Bill("OPEN", List.of(lines), false, null);
  }

  private static FieldChange became(String field, String after) {
    return FieldChange.newBuilder().setField(field).setAfter(after).build();
  }

  private static FieldChange was(String field, String before) {
    return FieldChange.newBuilder().setField(field).setBefore(before).build();
  }

  private static FieldChange changed(String field, String before, String after) {
    return FieldChange.newBuilder().setField(field).setBefore(before).setAfter(after).build();
  }

  @Test
  void what_is_the_same_is_not_told() {
    assertThat(FieldChanges.between(open(TEA), open(TEA))).isEmpty();
    assertThat(FieldChanges.between(null, null)).isEmpty();
  }

  @Test
  void a_new_document_has_only_an_after_and_a_deleted_one_only_a_before() {
    assertThat(FieldChanges.between(null, open(TEA)))
        .containsExactly(
            became("status", "OPEN"),
            became("lines[0].name", "Tea"),
            became("lines[0].quantity", "2"),
            became("paid", "false"));
    assertThat(FieldChanges.between(open(), null))
        .containsExactly(was("status", "OPEN"), was("paid", "false"));
  }

  @Test
  void changed_fields_are_told_one_by_one() {
    Instant at = Instant.parse("2026-11-20T09:00:00Z");
    assertThat(FieldChanges.between(open(), new Bill("PAID", List.of(), true, at)))
        .containsExactly(
            changed("status", "OPEN", "PAID"),
            changed("paid", "false", "true"),
            became("paidAt", "2026-11-20T09:00:00Z"));
  }

  @Test
  void elements_of_lists_are_told_by_their_place() {
    assertThat(FieldChanges.between(open(TEA), open(new Line("Tea", 3), CUP)))
        .containsExactly(
            changed("lines[0].quantity", "2", "3"),
            became("lines[1].name", "Cup"),
            became("lines[1].quantity", "1"));
    assertThat(FieldChanges.between(open(TEA, CUP), open(CUP)))
        .containsExactly(
            changed("lines[0].name", "Tea", "Cup"),
            changed("lines[0].quantity", "2", "1"),
            was("lines[1].name", "Cup"),
            was("lines[1].quantity", "1"));
  }
}
