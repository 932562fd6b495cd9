package io.kiroku.launcher.platform;

/// Every port the platform listens on, always on the loopback interface, with its default number.
public enum Port {
  /// PostgreSQL's own protocol.
  POSTGRES(5432),
  /// Redis' own protocol.
  REDIS(6379),
  /// Kafka broker.
  KAFKA(9092),
  /// KRaft controller; nobody else needs it.
  KAFKA_CONTROLLER(9093),
  /// Kafka Connect's REST interface.
  CONNECT(8083),
  /// Health of the stack's JVM.
  STACK_HEALTH(8084),
  /// Payment provider and carrier, simulated, over HTTP.
  PROVIDERS(8087),
  /// MongoDB's wire protocol.
  MONGO(27017),
  /// Schema registry (Confluent's REST interface under `/apis/ccompat/v7`).
  REGISTRY(8085),
  /// The registry's own management interface.
  REGISTRY_MANAGEMENT(8086),
  /// Event store, gRPC and HTTP.
  EVENT_STORE(2113),
  /// Command service, gRPC and HTTP.
  COMMAND_SERVICE(50051),
  /// Query service, gRPC and HTTP.
  QUERY_SERVICE(50052),
  /// Job service, gRPC and HTTP.
  JOB_SERVICE(50053),
  /// WebSocket service.
  WS_SERVICE(8081),
  /// Gateway: REST.
  GATEWAY(8080),
  /// A second command service.
  COMMAND_SERVICE_2(50061),
  /// A second query service.
  QUERY_SERVICE_2(50062),
  /// A second job service.
  JOB_SERVICE_2(50063),
  /// A second WebSocket service.
  WS_SERVICE_2(8091),
  /// A second gateway.
  GATEWAY_2(8090);

  private final int standard;

  Port(int standard) {
    this.standard = standard;
  }

  int standard() {
    return standard;
  }
}
