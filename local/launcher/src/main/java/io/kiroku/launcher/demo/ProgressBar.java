package io.kiroku.launcher.demo;

import java.io.PrintStream;

/// A bar that is redrawn in place on a terminal, and written line by line elsewhere.
public final class ProgressBar {
  private static final int WIDTH = 24;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean redraw;

  public ProgressBar(PrintStream out, boolean redraw) {
    this.out = out;
    this.redraw = redraw;
  }

  public void show(int percent, String text) {
    int filled = WIDTH * Math.clamp(percent, 0, 100) / 100;
    String line =
        "  [%s%s] %3d %%  %s"
            .formatted("#".repeat(filled), ".".repeat(WIDTH - filled), percent, text);
    if (redraw) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  public void finish() {
    if (redraw) {
      out.println();
    }
  }
}
