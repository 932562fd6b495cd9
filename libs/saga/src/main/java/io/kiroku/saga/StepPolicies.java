package io.kiroku.saga;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The policies by step.
final class StepPolicies {
  private final Map<String, StepPolicy> byStep;

  StepPolicies(List<StepPolicy> policies) {
    byStep = policies.stream().collect(Collectors.toMap(StepPolicy::step, Function.identity()));
  }

  /// A saga that was started by another version may have steps that this one has no numbers for.
  StepPolicy of(String step) {
    StepPolicy known = byStep.get(step);
    return known != null ? known : cautious(step);
  }

  /// Whether the step it is at, or one before it, is the pivot.
  boolean pivotRequested(Course<?> course) {
    return course.plan().stream().limit(course.index() + 1L).anyMatch(s -> of(s.step()).pivot());
  }

  private static StepPolicy cautious(String step) {
    Duration wait = Duration.ofSeconds(5);
    Backoff backoff = new Backoff(Backoff.Kind.CONSTANT, wait, wait);
    return new StepPolicy(step, Duration.ofSeconds(60), 3, backoff, Set.of(), false);
  }
}
