package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import io.kiroku.stack.mongo.SortedIndex.Bounds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which index finds what a query may match; each document found must still be compared with the
/// query.
///
/// @param equal what its first fields have to be
/// @param bounds of the field after them
/// @param sorted whether it gives the documents in the query's order
record QueryPlan(
    SortedIndex index, List<Object> equal, Bounds bounds, boolean sorted, boolean descending) {
  private static final String AND = "$and";

  /// @param limited whether the query wants the first documents only: their order then counts most
  static Optional<QueryPlan> of(
      Document query, @Nullable Document orderBy, boolean limited, List<SortedIndex> indexes) {
    Map<String, List<Object>> conditions = new LinkedHashMap<>();
    collect(query, conditions);
    Document order = undecided(orderBy, conditions);
    return indexes.stream()
        .filter(SortedIndex::isUsable)
        .map(index -> of(index, conditions, order))
        .filter(plan -> plan.worth(limited) > 0)
        .max(Comparator.comparingInt(plan -> plan.worth(limited)));
  }

  Stream<Object> ids() {
    return index.ids(equal, bounds, descending);
  }

  private int worth(boolean limited) {
    int orderCounts = limited && sorted && index.fields().size() > equal.size() ? 100 : 0;
    return orderCounts + 2 * equal.size() + (bounds.equals(Bounds.NONE) ? 0 : 1);
  }

  /// Without the fields that are equal in all that is found.
  private static Document undecided(
      @Nullable Document orderBy, Map<String, List<Object>> conditions) {
    Document order = new Document();
    if (orderBy != null) {
      orderBy.forEach((field, direction) -> {
        if (equalTo(conditions.getOrDefault(field, List.of())) == null) {
          order.put(field, direction);
        }
      });
    }
    return order;
  }

  private static QueryPlan of(
      SortedIndex index, Map<String, List<Object>> conditions, Document order) {
    List<Object> equal = new ArrayList<>();
    for (String field : index.fields()) {
      Object value = equalTo(conditions.getOrDefault(field, List.of()));
      if (value == null) {
        break;
      }
      equal.add(value);
    }
    List<String> rest = index.fields().subList(equal.size(), index.fields().size());
    Bounds bounds =
        rest.isEmpty() ? Bounds.NONE : bounds(conditions.getOrDefault(rest.getFirst(), List.of()));
    boolean descending = !order.isEmpty() && isDescending(order.values().iterator().next());
    boolean sorted =
        order.size() <= rest.size()
            && List.copyOf(order.keySet()).equals(rest.subList(0, order.size()))
            && order.values().stream().allMatch(each -> isDescending(each) == descending);
    return new QueryPlan(index, equal, bounds, sorted, sorted && descending);
  }

  private static boolean isDescending(Object direction) {
    return direction instanceof Number number && number.intValue() < 0;
  }

  private static void collect(Document query, Map<String, List<Object>> conditions) {
    query.forEach((field, condition) -> {
      if (field.equals(AND) && condition instanceof Collection<?> all) {
        all.forEach(each -> collect((Document) each, conditions));
      } else if (!field.startsWith("$") && condition != null) {
        conditions.computeIfAbsent(field, _ -> new ArrayList<>()).add(condition);
      }
    });
  }

  private static @Nullable Object equalTo(List<Object> conditions) {
    return conditions.stream().filter(QueryPlan::isPlain).findFirst().orElse(null);
  }

  private static Bounds bounds(List<Object> conditions) {
    return new Bounds(operand(conditions, "$gte", "$gt"), operand(conditions, "$lte", "$lt"));
  }

  private static @Nullable Object operand(List<Object> conditions, String... operators) {
    for (Object condition : conditions) {
      for (String operator : operators) {
        Object operand = condition instanceof Document asked ? asked.get(operator) : null;
        if (operand != null && isPlain(operand)) {
          return operand;
        }
      }
    }
    return null;
  }

  private static boolean isPlain(Object value) {
    return !(value instanceof Map
        || value instanceof Collection
        || value instanceof BsonRegularExpression);
  }
}
