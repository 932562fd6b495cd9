package io.kiroku.saga;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where a saga stands in its plan, whichever way it goes.
///
/// @param index the step it is at
/// @param attempt the last attempt that was requested; 0 if none was
/// @param waiting whether that attempt has failed and the next one is scheduled
/// @param done the parts of the step that were answered with success
public record Course<C extends StepCommand>(
    String sagaId,
    List<PlannedStep<C>> plan,
    int index,
    int attempt,
    boolean waiting,
    Set<String> done) {
  public Course {
    plan = List.copyOf(plan);
    done = Set.copyOf(done);
  }

  static <C extends StepCommand> Course<C> at(String sagaId, List<PlannedStep<C>> plan, int index) {
    return new Course<>(sagaId, plan, index, 0, false, Set.of());
  }

  Course<C> moved(int newIndex) {
    return at(sagaId, plan, newIndex);
  }

  Course<C> requested(int newAttempt) {
    return new Course<>(sagaId, plan, index, newAttempt, false, done);
  }

  Course<C> retryScheduled() {
    return new Course<>(sagaId, plan, index, attempt, true, done);
  }

  Course<C> partDone(String part) {
    Set<String> more = new TreeSet<>(done);
    more.add(part);
    return new Course<>(sagaId, plan, index, attempt, waiting, more);
  }

  /// The step it is at, if that is the one of this name.
  Optional<PlannedStep<C>> stepNamed(String name) {
    return step().filter(current -> current.step().equals(name));
  }

  Optional<PlannedStep<C>> step() {
    return 0 <= index && index < plan.size() ? Optional.of(plan.get(index)) : Optional.empty();
  }

  /// The index of a step, or of the one it is at if the plan has no such step.
  int indexOf(String name) {
    for (int i = 0; i < plan.size(); i++) {
      if (plan.get(i).step().equals(name)) {
        return i;
      }
    }
    return index;
  }

  /// Of a step's commands those whose parts have not been answered with success.
  List<C> open(List<C> commands) {
    return commands.stream().filter(command -> !done.contains(command.part())).toList();
  }
}
