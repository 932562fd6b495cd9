/// Commands on orders, over gRPC and from sagas; names and prices come from the products' streams.
/// The rules are the domain's.
@NullMarked
package io.kiroku.command.ordering;

import org.jspecify.annotations.NullMarked;
