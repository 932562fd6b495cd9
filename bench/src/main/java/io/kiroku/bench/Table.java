package io.kiroku.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A table for people: the first column to the left, figures to the right.
public final class Table {
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String title, String... header) {
    this.title = title;
    rows.add(List.of(header));
  }

  public void row(Object... cells) {
    rows.add(java.util.Arrays.stream(cells).map(Table::text).toList());
  }

  public void print(PrintStream out) {
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    out.println("\n" + title);
    for (List<String> row : rows) {
      var line = new StringBuilder("  ");
      for (int column = 0; column < columns; column++) {
        String pad = " ".repeat(widths[column] - row.get(column).length());
        line.append(column == 0 ? row.get(column) + pad : "   " + pad + row.get(column));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String text(Object cell) {
    return cell instanceof Double number ? "%.1f".formatted(number) : String.valueOf(cell);
  }
}
