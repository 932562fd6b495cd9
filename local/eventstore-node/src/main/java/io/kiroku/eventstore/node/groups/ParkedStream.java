package io.kiroku.eventstore.node.groups;

import com.google.gson.JsonObject;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Links;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Streams;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The links to what a group could not process. What is taken out again is truncated from its
/// front.
record ParkedStream(EventLog log, SystemStream stream) {
  private static final List<String> ACL_KEYS = List.of("$r", "$w", "$d", "$mr", "$mw");

  static ParkedStream of(EventLog log, GroupId id) {
    return new ParkedStream(log, new SystemStream(log, id.parkedStream()));
  }

  void park(Message message, String reason, Consumer<Boolean> written) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("added", Clock.systemUTC().instant().toString());
    metadata.addProperty("reason", reason);
    metadata.addProperty("subscriptionEventNumber", message.record().revision());
    String link = message.linkText();
    stream.append(SystemStream.event(Streams.LINK_TYPE, false, link, metadata.toString()), written);
  }

  /// How many messages are parked. May block.
  long count() {
    return Math.max(0, last() + 1 - first());
  }

  /// May block.
  long first() {
    return stream.first();
  }

  /// May block.
  long last() {
    return stream.last();
  }

  /// What is parked from that revision on, until it has so many bytes. May block.
  Page read(long from, int countMax, long bytesMax) {
    List<Message> messages = new ArrayList<>();
    long end = from;
    long bytes = 0;
    for (LogRecord link : stream.read(from, countMax)) {
      if (bytes >= bytesMax) {
        break;
      }
      LogRecord target = Links.target(log, link);
      if (target != null) {
        Message message = Message.replayed(link, target);
        messages.add(message);
        bytes += message.sizeBytes();
      }
      end = link.revision() + 1;
    }
    return new Page(messages, end);
  }

  /// Takes out what is before that revision.
  void truncate(long before, Consumer<Boolean> written) {
    JsonObject acl = new JsonObject();
    ACL_KEYS.forEach(key -> acl.addProperty(key, "$admins"));
    JsonObject metadata = new JsonObject();
    metadata.addProperty("$tb", before);
    metadata.add("$acl", acl);
    stream.describe(metadata.toString(), written);
  }

  void delete() {
    stream.delete();
  }

  /// @param messages those whose events are still there
  /// @param end the revision after the last that was looked at
  record Page(List<Message> messages, long end) {}
}
