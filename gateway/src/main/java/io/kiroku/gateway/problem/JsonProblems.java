package io.kiroku.gateway.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.kiroku.service.error.Violation;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a JSON body, without Java's names.
final class JsonProblems {
  private static final String WHOLE_NUMBER = "a whole number in range";

  private JsonProblems() {}

  static Violation violation(JacksonException refused) {
    return switch (refused) {
      case UnrecognizedPropertyException unknown ->
          new Violation(path(unknown), "is not a known field");
      case MismatchedInputException mismatch ->
          new Violation(path(mismatch), "must be " + expected(mismatch.getTargetType()));
      case JsonMappingException wrapped when wrapped.getCause() instanceof InputCoercionException ->
          new Violation(path(wrapped), "must be " + WHOLE_NUMBER);
      case JsonMappingException wrapped
          when wrapped.getCause() instanceof StreamReadException malformed ->
          new Violation("", malformed(malformed));
      case JsonMappingException other -> new Violation(path(other), "cannot be read");
      case StreamReadException malformed -> new Violation("", malformed(malformed));
      default -> new Violation("", "is not JSON");
    };
  }

  private static String malformed(StreamReadException refused) {
    String message = refused.getOriginalMessage();
    String what =
        message != null && message.startsWith("Duplicate field")
            ? "names a field twice"
            : "is not well-formed JSON";
    return refused.getLocation() == null
        ? what
        : what
            + " (line %d, column %d)"
                .formatted(refused.getLocation().getLineNr(), refused.getLocation().getColumnNr());
  }

  /// `items[0].quantity`
  private static String path(JsonMappingException refused) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : refused.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "the only value";
    }
    if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
      return WHOLE_NUMBER;
    }
    if (type == String.class) {
      return "a string";
    }
    return Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
  }
}
