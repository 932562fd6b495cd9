/// What may depend on what; every rule is shown to be able to fail.
@NullMarked
package io.kiroku.architecture;

import org.jspecify.annotations.NullMarked;
