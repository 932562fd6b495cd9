/// The questions clients may ask, as gRPC. Each feature beside has its read model, the projection
/// that builds it, and the way it is looked up.
@NullMarked
package io.kiroku.query;

import org.jspecify.annotations.NullMarked;
