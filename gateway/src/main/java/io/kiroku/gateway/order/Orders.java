package io.kiroku.gateway.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of orders, newest first.
///
/// @param nextPageToken absent on the last page
@JsonInclude(JsonInclude.Include.NON_NULL)
record Orders(List<Order> orders, @Nullable String nextPageToken) {}
