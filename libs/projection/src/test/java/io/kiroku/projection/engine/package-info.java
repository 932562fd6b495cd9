/// The engine's parts by themselves.
@NullMarked
package io.kiroku.projection.engine;

import org.jspecify.annotations.NullMarked;
