package io.kiroku.job.feed;

import io.kiroku.job.store.JobChange.Progress;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Messages that came together, those that can be read and those that cannot.
///
/// @param messages those that `changes` were read from, in the same order
record FulfillmentBatch(
    List<Progress> changes, List<ConsumerRecord<String, byte[]>> messages, List<Unreadable> rest) {

  record Unreadable(ConsumerRecord<String, byte[]> message, PoisonMessage reason) {}

  static FulfillmentBatch read(Iterable<ConsumerRecord<String, byte[]>> messages) {
    var batch = new FulfillmentBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ConsumerRecord<String, byte[]> message : messages) {
      try {
        batch.changes.add(FulfillmentMessages.read(message));
        batch.messages.add(message);
      } catch (PoisonMessage reason) {
        batch.rest.add(new Unreadable(message, reason));
      }
    }
    return batch;
  }
}
