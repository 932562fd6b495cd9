package io.kiroku.catalog;

import io.kiroku.shared.ProductId;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The products that a category has let in. Where each of them is now, its own stream tells: the
/// shelf only makes sure that none is overlooked when the category is deleted.
///
/// @param opened whether every product that may be in the category was shelved
/// @param closed whether no more products are let in
/// @param products the revision of each product's stream when it was let in the last time; if its
///   stream has gone on since, whatever wanted to put it here has done so or never will
public record Shelf(boolean opened, boolean closed, PMap<ProductId, Long> products) {
  public static final Shelf EMPTY = new Shelf(false, false, HashTreePMap.empty());

  boolean hasLetIn(ProductId product, long productRevision) {
    Long last = products.get(product);
    return last != null && last == productRevision;
  }

  Shelf with(ProductId product, long productRevision) {
    return new Shelf(opened, closed, products.plus(product, productRevision));
  }
}
