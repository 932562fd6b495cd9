package io.kiroku.gateway.request;

import jakarta.ws.rs.DefaultValue;
import org.jboss.resteasy.reactive.RestQuery;

/// Which page of a list, as text: JAX-RS would answer 404 to a number that is none.
public class PageQuery {
  private static final int SIZE_MAX = 200;
  private static final int TOKEN_LENGTH_MAX = 1_000;

  @RestQuery
  @DefaultValue("50")
  String pageSize = "50";

  @RestQuery
  @DefaultValue("")
  String pageToken = "";

  /// Fails with [io.kiroku.gateway.problem.InvalidRequest] unless it is from 1 to 200.
  public int size() {
    Checks checks = new Checks();
    // At most nine digits: no overflow.
    boolean number = pageSize.matches("\\d{1,9}");
    int size =
        (int) checks.within("pageSize", number ? Integer.valueOf(pageSize) : -1, 1, SIZE_MAX);
    checks.done();
    return size;
  }

  public String token() {
    Checks checks = new Checks();
    String token = checks.optionalText("pageToken", pageToken, TOKEN_LENGTH_MAX);
    checks.done();
    return token;
  }
}
