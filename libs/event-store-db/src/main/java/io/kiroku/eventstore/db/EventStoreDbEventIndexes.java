package io.kiroku.eventstore.db;

import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import io.kiroku.eventstore.EventIndexes;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// The streams of links that EventStoreDB's system projections keep. They have to run:
/// https://developers.eventstore.com/server/v24.10/features/projections/system.html
public final class EventStoreDbEventIndexes implements EventIndexes {
  private final EventStoreDbConnection connection;
  private final Events events = new Events();

  public EventStoreDbEventIndexes(EventStoreDbConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<List<Entry>> read(Index index, long from, int most) {
    return entries(index, ReadStreamOptions.get().forwards().fromRevision(from).maxCount(most));
  }

  @Override
  public Uni<List<Entry>> readBackwards(Index index, long from, int most) {
    ReadStreamOptions options = ReadStreamOptions.get().backwards().maxCount(most);
    return entries(index, from == Long.MAX_VALUE ? options.fromEnd() : options.fromRevision(from));
  }

  private Uni<List<Entry>> entries(Index index, ReadStreamOptions options) {
    ReadStreamOptions resolving = options.resolveLinkTos();
    return connection
        .call(client -> client.readStream(stream(index), resolving))
        .map(result -> result.getEvents().stream().map(this::entry).toList())
        .onFailure(StreamNotFoundException.class)
        .recoverWithItem(List.of());
  }

  private static String stream(Index index) {
    return switch (index) {
      case Index.OfStream(var stream) -> stream.value();
      case Index.OfCategory(var category) -> "$ce-" + category;
      case Index.OfType(var type) -> "$et-" + type;
      case Index.OfCorrelation(var correlationId) -> "$bc-" + correlationId;
      case Index.OfStreams(var category) -> "$category-" + category;
    };
  }

  private Entry entry(ResolvedEvent resolved) {
    long number = resolved.getOriginalEvent().getRevision();
    return new Entry(
        number, resolved.getEvent() == null ? null : events.recorded(resolved.getEvent()));
  }
}
