package io.kiroku.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.decider.Decision.Rejected;
import io.kiroku.decider.Rejection;
import java.util.List;

/// Given events, when a command, then events or a rejection.
public final class DeciderSpec<C, S, E> {
  private final Decider<C, S, E> decider;

  private DeciderSpec(Decider<C, S, E> decider) {
    this.decider = decider;
  }

  public static <C, S, E> DeciderSpec<C, S, E> of(Decider<C, S, E> decider) {
    return new DeciderSpec<>(decider);
  }

  @SafeVarargs
  public final When given(E... history) {
    return new When(decider.fold(List.of(history)));
  }

  public final class When {
    private final S state;

    private When(S state) {
      this.state = state;
    }

    public Then when(C command) {
      return new Then(state, decider.decide(command, state));
    }

    /// For rules about the state itself.
    public S state() {
      return state;
    }
  }

  public final class Then {
    private final S before;
    private final Decision<E> decision;

    private Then(S before, Decision<E> decision) {
      this.before = before;
      this.decision = decision;
    }

    @SafeVarargs
    public final Then then(E... events) {
      assertThat(decision).isEqualTo(new Accepted<>(List.of(events)));
      return this;
    }

    /// Accepted, because it is so already.
    public void thenNothing() {
      assertThat(decision).isEqualTo(new Accepted<E>(List.of()));
    }

    public void thenRejected(Rejection reason) {
      assertThat(decision).isEqualTo(new Rejected<E>(reason));
    }

    public void thenState(S expected) {
      assertThat(decision).isInstanceOf(Accepted.class);
      if (decision instanceof Accepted<E>(var events)) {
        assertThat(decider.fold(before, events)).isEqualTo(expected);
      }
    }
  }
}
