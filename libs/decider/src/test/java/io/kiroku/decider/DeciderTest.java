package io.kiroku.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision.Accepted;
import io.kiroku.decider.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderTest {
  private static final Decider<String, String, String> LETTERS =
      new Decider<>() {
        @Override
        public String initial() {
          return "<";
        }

        @Override
        public Decision<String> decide(String command, String state) {
          return Decision.accept(command);
        }

        @Override
        public String evolve(String state, String event) {
          return state + event;
        }
      };

  private enum Refusal implements Rejection {
    NO;

    @Override
    public String code() {
      return name();
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "No.";
    }
  }

  @Test
  void a_history_folds_in_its_order() {
    assertThat(LETTERS.fold(List.of("a", "b", "c"))).isEqualTo("<abc");
    assertThat(LETTERS.fold(List.of())).isEqualTo("<");
  }

  @Test
  void a_history_folds_on_from_any_state() {
    assertThat(LETTERS.fold("x", List.of("a", "b"))).isEqualTo("xab");
    assertThat(LETTERS.fold("x", List.of())).isEqualTo("x");
  }

  @Test
  void accepting_tells_events_or_that_all_is_so_already() {
    assertThat(Decision.accept("a", "b")).isEqualTo(new Accepted<>(List.of("a", "b")));
    assertThat(Decision.accept(List.of("a"))).isEqualTo(new Accepted<>(List.of("a")));
    assertThat(Decision.<String>accept()).isEqualTo(new Accepted<>(List.of()));
  }

  @Test
  void what_was_accepted_stays_so() {
    List<String> events = new ArrayList<>(List.of("a"));
    Decision<String> decision = Decision.accept(events);
    events.add("b");
    assertThat(decision).isEqualTo(new Accepted<>(List.of("a")));
  }

  @Test
  void rejecting_tells_why() {
    assertThat(Decision.reject(Refusal.NO)).isEqualTo(new Rejected<>(Refusal.NO));
  }

  @Test
  void a_personal_value_is_never_in_a_log_line() {
    Personal<String> personal = Personal.of("user-1", "secret");
    assertThat(personal).isEqualTo(new Personal.Known<>("user-1", "secret"));
    assertThat(personal.toString()).isEqualTo("Personal[user-1]");
    assertThat(personal.person()).isEqualTo("user-1");
  }
}
