package io.kiroku.gateway.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.grpc.StatusRuntimeException;
import io.kiroku.service.error.Errors;
import io.kiroku.service.error.Problem;
import io.kiroku.service.error.Violation;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// The one place where failures become HTTP.
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response refusedByService(StatusRuntimeException refused, UriInfo uri, HttpHeaders headers) {
    boolean ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH) != null;
    Problem problem = Problem.from(refused);
    return Problems.answer(Problems.details(problem, uri.getPath(), ifMatch), problem.retryAfter());
  }

  @ServerExceptionMapper
  Response invalid(InvalidRequest refused, UriInfo uri) {
    return invalid(refused.violations(), uri);
  }

  @ServerExceptionMapper
  Response badJson(JacksonException refused, UriInfo uri) {
    return invalid(List.of(JsonProblems.violation(refused)), uri);
  }

  /// Quarkus has a mapper of its own for these, which a mapper of all JSON mistakes does not
  /// replace.
  @ServerExceptionMapper
  Response mismatch(MismatchedInputException refused, UriInfo uri) {
    return badJson(refused, uri);
  }

  /// What JAX-RS itself refuses: 404, 405, 406, 415, and bodies that it could not read.
  @ServerExceptionMapper
  Response refusedByHttp(WebApplicationException refused, UriInfo uri, RoutingContext routing) {
    if (refused.getCause() instanceof JacksonException json) {
      return badJson(json, uri);
    }
    int status = refused.getResponse().getStatus();
    HttpProblem problem = HttpProblem.of(status);
    Response answer =
        Problems.answer(
            Problems.details(status, problem.code(), problem.detail(), uri.getPath(), List.of()));
    String allowed = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
    if (allowed != null) {
      answer.getHeaders().putSingle(HttpHeaders.ALLOW, allowed);
    }
    return answer;
  }

  /// A bug. The log tells it under the id, the caller learns the id only.
  @ServerExceptionMapper
  Response unexpected(Throwable failure, @Nullable UriInfo uri) {
    String errorId = UUID.randomUUID().toString();
    LOG.errorf(failure, "Error %s", errorId);
    return Problems.answer(
        Problems.details(
            500,
            Errors.INTERNAL,
            "Something went wrong here; error " + errorId + ".",
            uri == null ? null : uri.getPath(),
            List.of()));
  }

  private static Response invalid(List<Violation> violations, UriInfo uri) {
    Violation first = violations.getFirst();
    String subject = first.path().isEmpty() ? "The body" : first.path();
    return Problems.answer(
        Problems.details(
            400,
            Errors.INVALID_REQUEST,
            subject + " " + first.message() + ".",
            uri.getPath(),
            violations));
  }
}
