package io.kiroku.chaos;

import io.kiroku.chaos.audit.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// What was done and what came of it.
record Report(Map<String, Map<String, Integer>> faults, List<Verdict> verdicts, List<String> seen) {
  private static final int FINDINGS_SHOWN = 10;
  private static final List<String> KINDS = List.of("kill -9", "pause", "refuse", "silence");

  boolean agrees() {
    return seen.isEmpty() && verdicts.stream().allMatch(Verdict::agrees);
  }

  void print(PrintStream out) {
    out.println();
    row(out, "what was done to", KINDS);
    faults.forEach((target, counts) ->
        row(out, target, KINDS.stream().map(kind -> count(counts, kind)).toList()));
    out.println();
    verdicts.forEach(verdict -> print(verdict, out));
    print(new Verdict("nothing happened meanwhile that must not", "", seen), out);
  }

  private static void row(PrintStream out, String name, List<String> cells) {
    out.printf("  %-36s", name);
    cells.forEach(cell -> out.printf(" %8s", cell));
    out.println();
  }

  private static String count(Map<String, Integer> counts, String kind) {
    Integer count = counts.get(kind);
    return count == null ? "" : count.toString();
  }

  private static void print(Verdict verdict, PrintStream out) {
    out.printf(
        "  %-9s %-58s %s%n",
        verdict.agrees() ? "agrees" : "DISAGREES", verdict.check(), verdict.seen());
    verdict.findings().stream()
        .limit(FINDINGS_SHOWN)
        .forEach(finding -> out.println("              " + finding));
    int more = verdict.findings().size() - FINDINGS_SHOWN;
    if (more > 0) {
      out.printf("              and %d more%n", more);
    }
  }
}
