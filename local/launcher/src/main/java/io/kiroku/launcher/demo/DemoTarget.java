package io.kiroku.launcher.demo;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/// Where the tour goes, and in whose names.
///
/// @param socket WebSocket endpoint, for example `ws://127.0.0.1:8081/ws`
/// @param adminToken fills the shop and audits it
/// @param customerToken orders
/// @param providerBook what the payment provider kept, in minor units by order id
public record DemoTarget(
    URI gateway,
    URI socket,
    String adminToken,
    String customerToken,
    Supplier<Map<String, Long>> providerBook) {}
