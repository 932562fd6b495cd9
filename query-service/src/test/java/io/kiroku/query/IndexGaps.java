package io.kiroku.query;

import io.kiroku.projection.Index;
import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import java.util.ArrayList;
import java.util.List;

/// What a list offers although no index would answer it.
public final class IndexGaps {
  private IndexGaps() {}

  /// Each gap as the fields that an index had to begin with; the first is the tenant.
  public static List<List<String>> of(Listing listing, List<Index> indexes) {
    return needed(listing).stream()
        .filter(fields -> indexes.stream().noneMatch(index -> beginsWith(index, fields)))
        .toList();
  }

  private static boolean beginsWith(Index index, List<String> fields) {
    return index.fields().size() >= fields.size()
        && index.fields().subList(0, fields.size()).equals(fields);
  }

  private static List<List<String>> needed(Listing listing) {
    String tenant = listing.path("tenant");
    List<List<String>> needed = new ArrayList<>();
    for (Sortable sort : listing.sorts()) {
      needed.add(List.of(tenant, listing.path(sort.field()), "_id"));
    }
    for (Filterable filter : listing.filters()) {
      String path = listing.path(filter.field());
      switch (filter) {
        case Filterable.Id _, Filterable.Text _, Filterable.OneOf _ ->
            listing
                .sorts()
                .forEach(
                    sort -> needed.add(List.of(tenant, path, listing.path(sort.field()), "_id")));
        case Filterable.Name _, Filterable.Between _ -> needed.add(List.of(tenant, path));
      }
    }
    listing.words().ifPresent(words -> needed.add(List.of(tenant, listing.path(words))));
    return needed;
  }
}
