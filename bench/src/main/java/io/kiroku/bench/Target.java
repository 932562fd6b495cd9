package io.kiroku.bench;

import io.kiroku.client.JobSocket;
import io.kiroku.client.KirokuClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;

/// The platform under measurement.
///
/// @param processes pid by name
record Target(
    HttpClient http,
    URI gateway,
    URI socket,
    String adminToken,
    String customerToken,
    Map<String, Long> processes) {

  KirokuClient staff() {
    return new KirokuClient(http, gateway, adminToken);
  }

  KirokuClient customer() {
    return new KirokuClient(http, gateway, customerToken);
  }

  JobSocket connect() {
    return JobSocket.connect(http, socket, customerToken);
  }

  long cpuMillis() {
    return ProcessCpu.millis(processes.values());
  }
}
