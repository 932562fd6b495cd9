package io.kiroku.decider;

/// A value about a person. It is stored encrypted with that person's own key, so that erasing the
/// key erases the value wherever it was copied.
///
/// @param <T> the value's type when it can be read
public sealed interface Personal<T> {
  /// The person whose key protects the value.
  String person();

  record Known<T>(String person, T value) implements Personal<T> {
    /// Never the value: a state that is logged must not leak it.
    @Override
    public String toString() {
      return "Personal[" + person + "]";
    }
  }

  /// The value can no longer be read by anybody, or not by this reader.
  record Erased<T>(String person) implements Personal<T> {}

  static <T> Personal<T> of(String person, T value) {
    return new Known<>(person, value);
  }
}
