/// In order, each once: whatever comes twice, late or not at all.
@NullMarked
package io.kiroku.ws.following;

import org.jspecify.annotations.NullMarked;
