package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import java.io.PrintStream;

/// Where a person finds things.
record AddressTable(PortPlan ports, Layout layout) {

  void print(PrintStream out) {
    row(out, "REST", http(Port.GATEWAY, "/api/v1"));
    row(out, "WebSocket", "ws://" + ports.address(Port.WS_SERVICE) + "/ws");
    row(out, "gRPC commands", ports.address(Port.COMMAND_SERVICE));
    row(out, "gRPC queries", ports.address(Port.QUERY_SERVICE));
    row(out, "gRPC jobs", ports.address(Port.JOB_SERVICE));
    row(out, "Event store", "esdb://" + ports.address(Port.EVENT_STORE) + "?tls=false");
    row(out, "Kafka", ports.address(Port.KAFKA));
    row(out, "Kafka Connect", http(Port.CONNECT, ""));
    row(out, "Schema registry", http(Port.REGISTRY, "/apis/ccompat/v7"));
    row(out, "MongoDB", "mongodb://" + ports.address(Port.MONGO) + "/kiroku");
    row(out, "Providers", http(Port.PROVIDERS, "/v1/statement"));
    row(out, "Redis", "redis://" + ports.address(Port.REDIS));
    row(
        out,
        "PostgreSQL",
        "postgresql://postgres@%s/kiroku  (password in %s)"
            .formatted(ports.address(Port.POSTGRES), layout.keys().resolve("postgres.password")));
  }

  private String http(Port port, String path) {
    return "http://" + ports.address(port) + path;
  }

  private static void row(PrintStream out, String name, String address) {
    out.printf("  %-16s %s%n", name, address);
  }
}
