package io.kiroku.service.kafka;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Messages of which somebody has to know that the brokers have them.
public final class Sends {
  private Sends() {}

  /// Sends when subscribed to, and completes when the brokers have it. The subscriber's thread may
  /// have to wait for the topic's metadata.
  public static <K, V> Uni<Void> send(Producer<K, V> producer, ProducerRecord<K, V> message) {
    return Uni.createFrom()
        .emitter(emitter -> {
          // The callback tells what the future would.
          var _ =
              producer.send(
                  message,
                  (_, refused) -> {
                    if (refused == null) {
                      emitter.complete(null);
                    } else {
                      emitter.fail(refused);
                    }
                  });
        });
  }
}
