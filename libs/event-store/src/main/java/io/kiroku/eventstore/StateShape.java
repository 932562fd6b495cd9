package io.kiroku.eventstore;

import io.kiroku.decider.Personal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a state is made of. To be held in a static final, like [EventTypes]: sealed types tell
/// their records only while a native executable is built.
///
/// @param type the state's type, a record or sealed
/// @param print changes when a component's name or type does anywhere in the state: a snapshot with
///   another print is not read
/// @param sealed the sealed types met, and the name of each of their records
public record StateShape<S>(
    Class<S> type, String print, Map<Class<?>, Map<Class<?>, String>> sealed) {
  private static final int PRINT_LENGTH = 16;

  /// @param rules to be changed by whoever changes what `evolve` makes of the same events
  public static <S> StateShape<S> of(Class<S> state, int rules) {
    Walk walk = new Walk();
    walk.visit(state);
    byte[] text = (rules + "|" + walk.text).getBytes(StandardCharsets.UTF_8);
    String print = HexFormat.of().formatHex(UuidV5.digest("SHA-256").digest(text));
    return new StateShape<>(state, print.substring(0, PRINT_LENGTH), walk.sealed);
  }

  private static final class Walk {
    private final StringBuilder text = new StringBuilder();
    private final Map<Class<?>, Map<Class<?>, String>> sealed = new LinkedHashMap<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    void visit(Type type) {
      switch (type) {
        case Class<?> raw -> visitClass(raw);
        case ParameterizedType generic -> {
          visit(generic.getRawType());
          for (Type argument : generic.getActualTypeArguments()) {
            visit(argument);
          }
        }
        default -> text.append(type.getTypeName()).append(';');
      }
    }

    private void visitClass(Class<?> type) {
      text.append(type.getName()).append(';');
      if (!seen.add(type)) {
        return;
      }
      if (type.isRecord()) {
        for (RecordComponent component : type.getRecordComponents()) {
          text.append(component.getName()).append(':');
          visit(component.getGenericType());
        }
      } else if (type.isSealed() && type != Personal.class) {
        Map<Class<?>, String> names = new LinkedHashMap<>();
        for (Class<?> leaf : SealedRecords.of(type)) {
          names.put(leaf, leaf.getSimpleName());
        }
        sealed.put(type, names);
        names.keySet().forEach(this::visit);
      } else if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          text.append(constant).append(',');
        }
      }
    }
  }
}
