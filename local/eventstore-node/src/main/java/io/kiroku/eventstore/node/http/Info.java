package io.kiroku.eventstore.node.http;

import io.kiroku.eventstore.node.grpc.ServerFeaturesService;
import java.util.List;

/// What `/info` tells, in the field names of EventStoreDB's JSON.
record Info(
    String dbVersion,
    String esVersion,
    String state,
    Features features,
    Authentication authentication) {
  static final Info ANSWER =
      new Info(
          ServerFeaturesService.VERSION,
          ServerFeaturesService.VERSION,
          "leader",
          new Features(true, false, false),
          new Authentication("insecure", List.of()));

  record Features(boolean projections, boolean userManagement, boolean atomPub) {}

  record Authentication(String type, List<String> properties) {}
}
