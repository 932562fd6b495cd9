package io.kiroku.gateway.request;

import static io.quarkiverse.loggingjson.providers.KeyValueStructuredArgument.kv;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// One log line per request that wants to change something.
class AccessLog {
  private static final Logger LOG = Logger.getLogger(AccessLog.class);
  private static final Set<String> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String STARTED = AccessLog.class.getName();

  @ServerRequestFilter(preMatching = true)
  void started(ContainerRequestContext request) {
    request.setProperty(STARTED, System.nanoTime());
  }

  @ServerResponseFilter
  void answered(ContainerRequestContext request, ContainerResponseContext answer) {
    if (!READING.contains(request.getMethod())
        && request.getProperty(STARTED) instanceof Long started) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      String method = request.getMethod();
      String path = request.getUriInfo().getPath();
      // The text for people, the fields behind it for programs.
      LOG.infof(
          "%s %s: %d in %d ms",
          method,
          path,
          answer.getStatus(),
          millis,
          kv("method", method),
          kv("path", path),
          kv("status", answer.getStatus()),
          kv("durationMillis", millis));
    }
  }
}
