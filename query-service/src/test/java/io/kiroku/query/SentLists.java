package io.kiroku.query;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/// What the service asks its database for when it makes a list.
@Singleton
class SentLists implements CommandListener {
  private static final String FIND = "find";

  /// What the engine keeps beside the documents, and reads all the time.
  private static final String OF_THE_ENGINE = "projection_";

  private final List<BsonDocument> sent = new ArrayList<>();

  @Override
  public synchronized void commandStarted(CommandStartedEvent event) {
    BsonDocument command = event.getCommand();
    if (event.getCommandName().equals(FIND)
        && !command.getString(FIND).getValue().startsWith(OF_THE_ENGINE)
        && command.getDocument("filter", new BsonDocument()).containsKey("$and")) {
      BsonDocument find = command.clone();
      find.keySet().removeIf(key -> key.startsWith("$") || key.equals("lsid"));
      sent.add(find);
    }
  }

  /// Since the last time.
  synchronized List<BsonDocument> take() {
    List<BsonDocument> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }
}
