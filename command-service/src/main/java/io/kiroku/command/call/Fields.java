package io.kiroku.command.call;

import io.kiroku.service.error.Errors;
import io.kiroku.service.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Checks the fields of a request and tells about all that are wrong, not only the first.
public final class Fields {
  private final List<Violation> violations = new ArrayList<>();

  /// Any text up to a length, in characters as people count them.
  public Fields text(String path, String value, int most) {
    return check(path, value.codePointCount(0, value.length()) <= most, "is longer than " + most);
  }

  /// As [#text], and not blank.
  public Fields neededText(String path, String value, int most) {
    return check(path, !value.isBlank(), "is needed").text(path, value, most);
  }

  public Fields range(String path, long value, long least, long most) {
    return check(path, value >= least && value <= most, "must be " + least + " to " + most);
  }

  public Fields check(String path, boolean right, String why) {
    if (!right) {
      violations.add(new Violation(path, why));
    }
    return this;
  }

  /// In its canonical form only: two spellings would be two requests.
  public Optional<UUID> uuid(String path, String value) {
    try {
      UUID uuid = UUID.fromString(value);
      if (uuid.toString().equalsIgnoreCase(value)) {
        return Optional.of(uuid);
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    check(path, false, "is no UUID");
    return Optional.empty();
  }

  /// Empty for the first page.
  public Optional<PageCursor> cursor(String path, String token) {
    try {
      return token.isEmpty() ? Optional.empty() : Optional.of(PageCursor.decode(token));
    } catch (IllegalArgumentException unreadable) {
      check(path, false, "is none that this service gave");
      return Optional.empty();
    }
  }

  /// Fails with `INVALID_ARGUMENT` and all violations, if there are any.
  public void verify() {
    if (!violations.isEmpty()) {
      throw Errors.invalid(violations);
    }
  }
}
