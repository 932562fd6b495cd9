package io.kiroku.query.history;

import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;

/// Which part of a history is asked for, checked.
public record HistoryQuery(Caller caller, long fromRevision, int pageSize) {
  private static final int PAGE_SIZE_DEFAULT = 50;
  private static final int PAGE_SIZE_MAX = 200;

  /// Fails with `INVALID_ARGUMENT`.
  public static HistoryQuery of(GetHistoryRequest request, Caller caller) {
    int size = request.getPageSize();
    if (size < 0 || size > PAGE_SIZE_MAX) {
      throw Errors.invalid("page_size", "must be from 1 to " + PAGE_SIZE_MAX);
    }
    return new HistoryQuery(
        caller,
        Moment.revision("from_revision", request.getFromRevision()),
        size == 0 ? PAGE_SIZE_DEFAULT : size);
  }

  public String tenant() {
    return caller.tenant();
  }
}
