package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection's ids in the ascending order of some fields; the collection keeps it up to date,
/// and a [QueryPlan] reads from it. The library's databases have none: every list looks at every
/// document there.
///
/// A field that is missing counts as null. An index that has met an array is not read any more,
/// since a document would stand in more than one place.
final class SortedIndex extends EmptyIndex<Object> {
  private static final String ID = "_id";

  private final MVMap<@Nullable Object[], Boolean> entries;
  private final MVMap<String, Boolean> withArrays;
  private final List<List<String>> paths;
  private volatile boolean usable;

  /// @param entries values of the fields, then the id
  /// @param withArrays names of the maps that have met one
  SortedIndex(
      String name,
      List<IndexKey> keys,
      MVMap<@Nullable Object[], Boolean> entries,
      MVMap<String, Boolean> withArrays) {
    super(name, keys);
    this.entries = entries;
    this.withArrays = withArrays;
    this.paths = keys.stream().map(key -> List.of(key.getKey().split("\\.", -1))).toList();
    this.usable = !withArrays.containsKey(entries.getName());
  }

  boolean isUsable() {
    return usable;
  }

  List<String> fields() {
    return keys();
  }

  /// Ids of the documents whose first fields are `equal`, and whose next field is within the
  /// bounds, in order.
  Stream<Object> ids(List<Object> equal, Bounds bounds, boolean descending) {
    int next = equal.size();
    List<Object> from = new ArrayList<>(equal);
    Object near = descending ? bounds.upper() : bounds.lower();
    if (near != null) {
      from.add(near);
    }
    if (descending) {
      from.add(MaxKey.getInstance());
    }
    Cursor<@Nullable Object[], Boolean> cursor = entries.cursor(from.toArray(), null, descending);
    return Stream.generate(() -> cursor.hasNext() ? cursor.next() : null)
        .takeWhile(entry ->
            entry != null
                && SortedKeyType.INSTANCE.beginsWith(entry, equal)
                && !bounds.isPassed(entry[next], descending))
        .map(entry -> entry[entry.length - 1])
        .filter(Objects::nonNull);
  }

  /// Inclusive; null where there is none.
  record Bounds(@Nullable Object lower, @Nullable Object upper) {
    static final Bounds NONE = new Bounds(null, null);

    private boolean isPassed(@Nullable Object value, boolean descending) {
      Object far = descending ? lower : upper;
      if (far == null) {
        return false;
      }
      int order = ValueComparator.asc().compare(value, far);
      return descending ? order < 0 : order > 0;
    }
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    entries.put(entry(document), true);
  }

  @Override
  public @Nullable Object remove(Document document) {
    entries.remove(entry(document));
    return null;
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Object position, MongoCollection<Object> collection) {
    for (List<String> path : paths) {
      if (!Objects.equals(value(before, path), value(after, path))) {
        entries.remove(entry(before));
        entries.put(entry(after), true);
        return;
      }
    }
  }

  private @Nullable Object[] entry(Document document) {
    @Nullable Object[] entry = new @Nullable Object[paths.size() + 1];
    for (int i = 0; i < paths.size(); i++) {
      entry[i] = value(document, paths.get(i));
    }
    entry[paths.size()] = document.get(ID);
    return entry;
  }

  private @Nullable Object value(Document document, List<String> path) {
    Object value = document;
    for (String field : path) {
      value = value instanceof Map<?, ?> fields ? fields.get(field) : null;
      if (value instanceof Collection) {
        if (usable) {
          usable = false;
          withArrays.put(entries.getName(), true);
        }
        return null;
      }
    }
    return value;
  }

  @Override
  public long getCount() {
    return entries.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}
