package io.kiroku.query.listing;

import java.util.List;

/// What a list answers.
///
/// @param nextPageToken empty on the last page
public record HeldPage<T>(List<T> shown, String nextPageToken) {
  public HeldPage {
    shown = List.copyOf(shown);
  }
}
