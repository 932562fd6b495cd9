/// Figures of the write side alone: commands, loads, publisher and saga runner.
@NullMarked
package io.kiroku.bench.writeside;

import org.jspecify.annotations.NullMarked;
