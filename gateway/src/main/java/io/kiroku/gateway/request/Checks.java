package io.kiroku.gateway.request;

import io.kiroku.gateway.problem.InvalidRequest;
import io.kiroku.service.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a request, so that the client learns all of it at once. A checked
/// value that is wrong comes back as some value of its type: [#done] throws before it is used.
public final class Checks {
  private final List<Violation> found = new ArrayList<>();

  /// The body itself must be there.
  public static <T> T body(@Nullable T body) {
    if (body == null) {
      throw new InvalidRequest("", "must be an object");
    }
    return body;
  }

  /// An id from the path or the query.
  public static String pathId(String name, String value) {
    Checks checks = new Checks();
    String id = checks.id(name, value);
    checks.done();
    return id;
  }

  public String id(String path, @Nullable String value) {
    // UUID.fromString also takes shorter forms, which would be other keys for the same thing.
    if (value == null || value.length() != 36) {
      return wrong(path, value == null ? "is missing" : "must be a UUID", "");
    }
    try {
      return UUID.fromString(value).toString();
    } catch (IllegalArgumentException malformed) {
      return wrong(path, "must be a UUID", "");
    }
  }

  public @Nullable String optionalId(String path, @Nullable String value) {
    return value == null ? null : id(path, value);
  }

  /// A text that must be there, with something in it.
  public String text(String path, @Nullable String value, int lengthMax) {
    if (value == null || value.isBlank()) {
      return wrong(path, value == null ? "is missing" : "must not be blank", "");
    }
    return optionalText(path, value, lengthMax);
  }

  /// A text that may be missing, which is the same as empty.
  public String optionalText(String path, @Nullable String value, int lengthMax) {
    if (value == null) {
      return "";
    }
    return value.codePointCount(0, value.length()) > lengthMax
        ? wrong(path, "must have at most " + lengthMax + " characters", "")
        : value;
  }

  public long within(String path, @Nullable Number value, long least, long most) {
    if (value == null) {
      return wrong(path, "is missing", least);
    }
    long number = value.longValue();
    return number < least || number > most
        ? wrong(path, "must be from " + least + " to " + most, least)
        : number;
  }

  /// A list that must be there, with something in each place.
  public <T> List<T> list(String path, @Nullable List<@Nullable T> value, int most) {
    if (value == null || value.isEmpty() || value.size() > most) {
      return wrong(
          path, value == null ? "is missing" : "must have 1 to " + most + " entries", List.of());
    }
    List<T> entries = new ArrayList<>();
    for (T entry : value) {
      if (entry == null) {
        return wrong(path + "[" + entries.size() + "]", "must not be null", List.of());
      }
      entries.add(entry);
    }
    return entries;
  }

  /// Something that must be as the flag says.
  public void that(boolean right, String path, String message) {
    if (!right) {
      found.add(new Violation(path, message));
    }
  }

  /// Fails with [InvalidRequest] if anything was wrong.
  public void done() {
    if (!found.isEmpty()) {
      throw new InvalidRequest(found);
    }
  }

  private <T> T wrong(String path, String message, T instead) {
    found.add(new Violation(path, message));
    return instead;
  }
}
