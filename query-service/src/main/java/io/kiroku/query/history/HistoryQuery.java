package io.kiroku.query.history;

import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.security.Caller;

/// Which part of a history is asked for, checked.
public record HistoryQuery(Caller caller, long fromRevision, int pageSize) {
  /// Fails with `INVALID_ARGUMENT`.
  public static HistoryQuery of(GetHistoryRequest request, Caller caller) {
    int size =
        PageSize.of("page_size", request.getPageSize(), "must be from 1 to " + PageSize.MOST);
    return new HistoryQuery(
        caller, Moment.revision("from_revision", request.getFromRevision()), size);
  }

  public String tenant() {
    return caller.tenant();
  }
}
