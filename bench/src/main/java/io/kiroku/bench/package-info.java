/// Measures a running platform through its public face: latency, throughput, visibility, memory.
/// Every figure printed was measured in the run that prints it.
@NullMarked
package io.kiroku.bench;

import org.jspecify.annotations.NullMarked;
