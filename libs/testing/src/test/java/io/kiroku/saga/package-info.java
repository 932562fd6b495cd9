/// The engine's rules as the whiteboard has them, compensation first. They live beside `SagaSpec`,
/// which the saga module cannot depend on.
@NullMarked
package io.kiroku.saga;

import org.jspecify.annotations.NullMarked;
