/// A client of Kiroku's public API: commands and queries over REST, progress over WebSocket. What
/// the demo, the benchmarks and the black-box tests talk through.
@NullMarked
package io.kiroku.client;

import org.jspecify.annotations.NullMarked;
