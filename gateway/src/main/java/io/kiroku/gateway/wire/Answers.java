package io.kiroku.gateway.wire;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Answers with the headers that tell what changed, and which state they show.
public final class Answers {
  private static final String CONSISTENCY_TOKEN = "Consistency-Token";

  private Answers() {}

  public static <T> RestResponse<T> created(
      String location, T entity, String consistencyToken, long revision) {
    return changed(Status.CREATED, location, entity, consistencyToken, revision);
  }

  public static <T> RestResponse<T> accepted(
      String location, T entity, String consistencyToken, long revision) {
    return changed(Status.ACCEPTED, location, entity, consistencyToken, revision);
  }

  /// What was there is gone.
  public static RestResponse<Void> gone(String consistencyToken, long revision) {
    return ResponseBuilder.<Void>noContent()
        .header(CONSISTENCY_TOKEN, consistencyToken)
        .header(HttpHeaders.ETAG, tag(revision))
        .build();
  }

  /// What is there, at this revision.
  public static <T> RestResponse<T> shown(T entity, long revision) {
    return ResponseBuilder.ok(entity).header(HttpHeaders.ETAG, tag(revision)).build();
  }

  private static <T> RestResponse<T> changed(
      Status status, String location, T entity, String consistencyToken, long revision) {
    return ResponseBuilder.create(status, entity)
        .header(HttpHeaders.LOCATION, URI.create(location))
        .header(CONSISTENCY_TOKEN, consistencyToken)
        .header(HttpHeaders.ETAG, tag(revision))
        .build();
  }

  private static String tag(long revision) {
    return "\"" + revision + "\"";
  }
}
