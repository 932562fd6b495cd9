package io.kiroku.chaos.audit;

import java.util.List;

/// What one check found.
///
/// @param check what must be true
/// @param seen how much was compared
/// @param findings one sentence for each thing that disagrees; empty if all agree
public record Verdict(String check, String seen, List<String> findings) {
  public Verdict {
    findings = List.copyOf(findings);
  }

  public boolean agrees() {
    return findings.isEmpty();
  }
}
