package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the documents in an H2 file that always holds one moment: what was true between two
/// commands. Writes behind, except where a write asks for the journal.
///
/// Left to itself, the file's store saves in the middle of commands and one map after the other. A
/// kill could then leave a document without its index entry, which no read finds and no write can
/// replace, or a watermark that is ahead of its documents.
final class SavedBackend extends H2Backend {
  private static final Logger LOG = LoggerFactory.getLogger(SavedBackend.class);

  /// A kill costs at most so much of the past, which the projections read again. Each save writes
  /// whole pages: the shorter, the more often the same ones.
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private static final int SAVES_PER_COMPACTION = 10;
  private static final int FILL_PERCENT_MIN = 50;
  private static final int COMPACTED_BYTES = 4 << 20;

  /// Pages that were saved stay at hand; reading one again means to build its documents anew.
  private static final int CACHE_MEBIBYTES = 64;

  /// Commands share the first lock, a save is alone.
  private final ReadWriteLock moments = new ReentrantReadWriteLock(true);

  private final Thread saving = Thread.ofPlatform().name("mongo-saving").unstarted(this::saveOn);
  private volatile boolean closing;

  private SavedBackend(MVStore store) {
    super(store);
  }

  static SavedBackend open(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .cacheSize(CACHE_MEBIBYTES)
            .open();
    var backend = new SavedBackend(store);
    backend.saving.start();
    return backend;
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new SavedDatabase(name, getMvStore(), getCursorRegistry());
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    Document answer = between(() -> answer(channel, database, command, query));
    if (isJournaled(query)) {
      save(false);
    }
    return answer;
  }

  private Document answer(Channel channel, String database, String command, Document query) {
    return command.equals(Explanation.COMMAND)
        ? Explanation.of(query, find -> super.handleCommand(channel, database, "find", find))
        : super.handleCommand(channel, database, command, query);
  }

  /// Whether the client wants its write to be in the journal before it is answered.
  private static boolean isJournaled(Document query) {
    return query.get("writeConcern") instanceof Document concern
        && Boolean.TRUE.equals(concern.get("j"));
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    return between(() -> super.handleQuery(query));
  }

  private <T> T between(Supplier<T> command) {
    moments.readLock().lock();
    try {
      return command.get();
    } finally {
      moments.readLock().unlock();
    }
  }

  private void saveOn() {
    for (int saves = 1; !closing; saves++) {
      LockSupport.parkNanos(INTERVAL.toNanos());
      try {
        save(saves % SAVES_PER_COMPACTION == 0);
      } catch (RuntimeException failure) {
        LOG.error("the documents cannot be saved", failure);
      }
    }
  }

  private void save(boolean compacting) {
    MVStore store = getMvStore();
    if (!store.hasUnsavedChanges()) {
      return;
    }
    moments.writeLock().lock();
    try {
      store.commit();
      if (compacting) {
        store.compact(FILL_PERCENT_MIN, COMPACTED_BYTES);
      }
    } finally {
      moments.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(saving);
    try {
      saving.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    super.close();
  }
}
