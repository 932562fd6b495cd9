package io.kiroku.projection.rebuild;

import java.util.List;

/// Sub-documents of two builds, compared where both are at the same revision.
///
/// @param examples some that differ: `<key> <field>@<revision>`
public record Sample(int compared, int differing, List<String> examples) {
  public Sample {
    examples = List.copyOf(examples);
  }
}
