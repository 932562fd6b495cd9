package io.kiroku.gateway.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of sagas, newest first.
///
/// @param nextPageToken absent on the last page
/// @param total how many there are on all pages
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sagas(List<Saga> sagas, @Nullable String nextPageToken, long total) {}
