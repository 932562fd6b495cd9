package io.kiroku.gateway.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/// Problems that arise in front of the resources: bodies that are too large, paths outside of them.
@ApplicationScoped
class RouteProblems {
  private static final int FIRST = 1000;
  private static final long BODY_BYTES_MAX = 256 * 1024;
  // Who sends more than this in one body is not waited for.
  private static final long DISCARDED_BYTES_MAX = 64 * 1024 * 1024;

  private final ObjectMapper json;

  RouteProblems(ObjectMapper json) {
    this.json = json;
  }

  void limitBodies(@Observes Filters filters) {
    filters.register(this::limitBody, FIRST);
  }

  void answerErrors(@Observes Router router) {
    for (int status : List.of(400, 404, 405, 406, 413, 414, 415, 431, 500)) {
      router.errorHandler(status, routing -> answer(routing, status));
    }
  }

  private void limitBody(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    if (chunked) {
      collect(routing);
    } else if (length != null && tooLarge(length)) {
      refuse(routing, 413);
    } else {
      routing.next();
    }
  }

  private static boolean tooLarge(String length) {
    // A length of more digits than this is too large, whatever they are.
    return length.length() > 9 || Long.parseLong(length) > BODY_BYTES_MAX;
  }

  /// A body that does not say how long it is.
  private void collect(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      body.appendBuffer(chunk);
      if (body.length() > BODY_BYTES_MAX) {
        refuse(routing, 413);
      }
    });
    request.endHandler(_ -> {
      ((RoutingContextInternal) routing).setBody(body);
      routing.next();
    });
    request.resume();
  }

  /// Reads on before it answers: closing while the client still sends would lose the answer.
  private void refuse(RoutingContext routing, int status) {
    HttpServerRequest request = routing.request();
    long[] discarded = {0};
    request.handler(chunk -> {
      discarded[0] += chunk.length();
      if (discarded[0] > DISCARDED_BYTES_MAX) {
        request.connection().close();
      }
    });
    request.endHandler(_ -> answer(routing, status));
    request.resume();
  }

  private void answer(RoutingContext routing, int status) {
    HttpProblem problem = HttpProblem.of(status);
    ProblemDetails details =
        Problems.details(
            status, problem.code(), problem.detail(), routing.request().path(), List.of());
    if (!routing.response().ended()) {
      routing
          .response()
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
          .end(write(details));
    }
  }

  private String write(ProblemDetails details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
