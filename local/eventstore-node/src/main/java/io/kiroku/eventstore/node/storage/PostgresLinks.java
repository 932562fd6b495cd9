package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.SystemProjection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps link streams in a table beside the log, filled on a connection of its own, so that the
/// log's writer never waits for it. Commits are not flushed: what a crash of the database takes
/// back is its end, and is made again.
final class PostgresLinks implements LinkStorage {
  /// To delete millions of links takes longer than anything else here.
  private static final int RESET_MILLIS_MAX = 600_000;

  private final PostgresConnections connections;
  private final PostgresReaders readers;
  private @Nullable Connection writer;

  PostgresLinks(PostgresConnections connections, PostgresReaders readers) {
    this.connections = connections;
    this.readers = readers;
  }

  @Override
  public Map<SystemProjection, Progress> progress() {
    return query(
        PostgresLinksSql.PROGRESS,
        _ -> {},
        rows -> {
          Map<SystemProjection, Progress> progress = LinkStorage.beginning();
          while (rows.next()) {
            Progress of = new Progress(rows.getBoolean(2), rows.getLong(3));
            SystemProjection.titled(rows.getString(1)).ifPresent(name -> progress.put(name, of));
          }
          return progress;
        });
  }

  @Override
  public void enable(SystemProjection projection, boolean enabled) {
    transaction(connection -> {
      try (var statement = connection.prepareStatement(PostgresLinksSql.ENABLE)) {
        statement.setString(1, projection.title());
        statement.setBoolean(2, enabled);
        return statement.executeUpdate() > 0;
      }
    });
  }

  @Override
  public void reset(SystemProjection projection) {
    String first = projection.prefix();
    int last = first.length() - 1;
    String end = first.substring(0, last) + (char) (first.charAt(last) + 1);
    transaction(connection -> {
      int timeout = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, RESET_MILLIS_MAX);
      try (var back = connection.prepareStatement(PostgresLinksSql.BACK);
          var forget = connection.prepareStatement(PostgresLinksSql.FORGET)) {
        back.setString(1, projection.title());
        back.executeUpdate(); // first: it holds off whoever adds
        forget.setString(1, first);
        forget.setString(2, end);
        forget.executeUpdate();
        connection.setNetworkTimeout(Runnable::run, timeout);
        return true;
      }
    });
  }

  @Override
  public boolean add(Set<SystemProjection> projections, long from, long to, List<Link> links) {
    return transaction(connection -> {
      try (var move = connection.prepareStatement(PostgresLinksSql.MOVE);
          var add = connection.prepareStatement(PostgresLinksSql.ADD)) {
        Object[] names = projections.stream().map(SystemProjection::title).toArray();
        move.setLong(1, to);
        move.setLong(2, from);
        move.setArray(3, connection.createArrayOf("text", names));
        if (move.executeUpdate() != names.length) {
          return false;
        }
        if (!links.isEmpty()) {
          Object[] streams = links.stream().map(Link::stream).toArray();
          Object[] positions = links.stream().map(Link::position).toArray();
          add.setArray(1, connection.createArrayOf("text", streams));
          add.setArray(2, connection.createArrayOf("int8", positions));
          add.executeUpdate();
        }
        return true;
      }
    });
  }

  private interface Work {
    /// Returns whether what it did is to stay.
    boolean on(Connection connection) throws SQLException;
  }

  private synchronized boolean transaction(Work work) {
    try {
      Connection connection = writer == null ? open() : writer;
      writer = connection;
      boolean done = work.on(connection);
      if (done) {
        connection.commit();
      } else {
        connection.rollback();
      }
      return done;
    } catch (SQLException e) {
      close();
      throw PostgresStorage.unavailable(e);
    }
  }

  private Connection open() throws SQLException {
    Connection connection = connections.open("kiroku-eventstore-node links");
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public List<Place> read(String stream, long revision, int countMax) {
    return places(PostgresLinksSql.READ, s -> bind(s, stream, revision, countMax));
  }

  @Override
  public List<Place> readBackwards(String stream, long revision, int countMax) {
    return places(PostgresLinksSql.READ_BACKWARDS, s -> bind(s, stream, revision, countMax));
  }

  @Override
  public long last(String stream) {
    List<Place> last = places(PostgresLinksSql.LAST, s -> s.setString(1, stream));
    return last.isEmpty() ? Streams.NONE : last.getFirst().revision();
  }

  private static void bind(PreparedStatement statement, String stream, long revision, int countMax)
      throws SQLException {
    statement.setString(1, stream);
    statement.setLong(2, revision);
    statement.setInt(3, countMax);
  }

  private List<Place> places(String sql, PostgresReaders.Binding binding) {
    return query(
        sql,
        binding,
        rows -> {
          List<Place> places = new ArrayList<>();
          while (rows.next()) {
            places.add(new Place(rows.getLong(1), rows.getLong(2)));
          }
          return places;
        });
  }

  private <T> T query(String sql, PostgresReaders.Binding binding, PostgresReaders.Rows<T> rows) {
    try {
      return readers.query(sql, binding, rows);
    } catch (SQLException e) {
      throw PostgresStorage.unavailable(e);
    }
  }

  synchronized void close() {
    PostgresConnections.close(writer);
    writer = null;
  }
}
