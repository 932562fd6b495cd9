/// Commands of the catalog over gRPC: categories and products. The rules are the domain's.
@NullMarked
package io.kiroku.command.catalog;

import org.jspecify.annotations.NullMarked;
