/// The stand-in for MongoDB by itself.
@NullMarked
package io.kiroku.stack.mongo;

import org.jspecify.annotations.NullMarked;
