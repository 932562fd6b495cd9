package io.kiroku.decider;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A version that an event was stored in before today's, and how it is read as the next one. The
/// log is never rewritten: once stored, a version stays here for ever. Repeated, the oldest first;
/// the last one leads to the [EventType].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Formerly.Versions.class)
public @interface Formerly {
  /// Stored name of the old version.
  String value();

  Class<? extends Upcast> upcast();

  /// Holds the repetitions.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Versions {
    Formerly[] value();
  }
}
