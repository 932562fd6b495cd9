/// What holds for every history and every command, whatever they are.
@NullMarked
package io.kiroku.properties;

import org.jspecify.annotations.NullMarked;
