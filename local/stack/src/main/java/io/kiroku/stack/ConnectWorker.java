package io.kiroku.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.Connect;

/// Kafka Connect in standalone mode: offsets in a file, connectors sent to its REST port.
final class ConnectWorker {
  private final Connect<?> connect;

  private ConnectWorker(Connect<?> connect) {
    this.connect = connect;
  }

  static ConnectWorker start(StackOptions options) throws IOException {
    Path directory = options.data.resolve("connect").toAbsolutePath();
    Files.createDirectories(directory);
    Map<String, String> worker =
        Map.of(
            "bootstrap.servers", options.bootstrapServers(),
            "listeners", "http://" + StackOptions.HOST + ":" + options.connectPort,
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
            "offset.storage.file.filename", directory.resolve("offsets").toString(),
            // Bounds what is sent again after a crash, and how long the slot holds WAL.
            "offset.flush.interval.ms", "1000",
            // The class path is searched by service files only: reflection costs a second.
            "plugin.discovery", "service_load");
    return new ConnectWorker(new ConnectStandalone(new String[0]).startConnect(worker));
  }

  void stop() {
    connect.stop();
    connect.awaitStop();
  }
}
