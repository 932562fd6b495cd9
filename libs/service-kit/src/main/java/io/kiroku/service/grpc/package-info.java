/// Calls between services: what gRPC's channels need to outlive restarts of the other side. Nothing
/// to call; found by the container.
@NullMarked
package io.kiroku.service.grpc;

import org.jspecify.annotations.NullMarked;
