/// Commands of the inventory, over gRPC and from sagas. The rules are the domain's.
@NullMarked
package io.kiroku.command.inventory;

import org.jspecify.annotations.NullMarked;
