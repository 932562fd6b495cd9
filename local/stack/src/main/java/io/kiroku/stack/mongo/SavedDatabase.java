package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/// A database whose collections are [SavedCollection]s; the maps have the names that they have in
/// its parent.
class SavedDatabase extends H2Database {
  private final MVStore store;

  SavedDatabase(String name, MVStore store, CursorRegistry cursors) {
    // The parent's constructor opens the collections that are there.
    this.store = store;
    super(name, store, cursors);
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    String fullName = getFullCollectionNamespace(name);
    MVMap<Object, byte[]> documents =
        store.openMap(
            "databases." + fullName,
            new MVMap.Builder<Object, byte[]>().valueType(BsonType.INSTANCE));
    return new SavedCollection(this, name, options, documents, cursorRegistry);
  }

  @Override
  protected Index<Object> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    if (sparse || !keys.stream().allMatch(IndexKey::isAscending)) {
      return super.openOrCreateSecondaryIndex(collection, name, keys, sparse);
    }
    MVMap<@Nullable Object[], Boolean> entries =
        store.openMap(
            indexMap(collection, name),
            new MVMap.Builder<@Nullable Object[], Boolean>().keyType(SortedKeyType.INSTANCE));
    return new SortedIndex(name, keys, entries, store.openMap("indexes-with-arrays"));
  }

  private String indexMap(String collection, String name) {
    return getFullCollectionNamespace(collection) + "._index_" + name;
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    // The parent finds the map open.
    store.openMap(
        indexMap(collection, name),
        new MVMap.Builder<KeyValue, Object>().keyType(new IndexKeyType()));
    return super.openOrCreateUniqueIndex(collection, name, keys, sparse);
  }
}
