package io.kiroku.query.listing;

import io.kiroku.query.running.Stored;
import java.util.List;

/// What a list answers.
///
/// @param nextPageToken empty on the last page
public record Page(List<Stored> shown, String nextPageToken) {
  public Page {
    shown = List.copyOf(shown);
  }
}
