package io.kiroku.properties;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.shared.Money;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/// Any records of a sealed type, found by reflection so that a new one cannot be forgotten. Values
/// are few, so that records speak of the same things, and some of them are wrong.
final class AnyRecords {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> TEXTS =
      List.of("", " ", "a", "A", "pay_1", "tok_ok", "INSUFFICIENT_FUNDS", "t".repeat(5_000));

  private AnyRecords() {}

  static <T> Arbitrary<T> of(Class<T> sealed) {
    List<Class<?>> records = records(sealed).toList();
    return Arbitraries.randomValue(
        random -> sealed.cast(record(records.get(random.nextInt(records.size())), random)));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(AnyRecords::records)
        : Stream.of(type);
  }

  private static Object record(Class<?> type, Random random) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = Stream.of(components).map(component -> value(component, random)).toArray();
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException failed) {
      throw new LinkageError(type + " cannot be made", failed);
    }
  }

  private static @Nullable Object value(RecordComponent component, Random random) {
    return isNullable(component.getAnnotatedType()) && random.nextInt(3) == 0
        ? null
        : value(component.getGenericType(), random);
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static Object value(Type type, Random random) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], random)
          : Personal.of("user-1", new ShippingAddress("H", "1", "", "T", "", "100-0001", "JP"));
    }
    return value((Class<?>) type, random);
  }

  private static List<Object> list(Type element, Random random) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value(element, random)).toList();
  }

  private static Object value(Class<?> type, Random random) {
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type == long.class) {
      return random.nextInt(40) - 10L;
    }
    if (type == int.class) {
      return random.nextInt(1_010) - 5;
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (type == UUID.class) {
      return new UUID(0, random.nextInt(4));
    }
    if (type == Instant.class) {
      return AT.plusSeconds(random.nextInt(100_000));
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(random.nextInt(100_000));
    }
    if (type == Currency.class) {
      return Currency.getInstance("JPY");
    }
    return type == Money.class ? Money.yen(random.nextInt(5_000) - 100) : record(type, random);
  }
}
