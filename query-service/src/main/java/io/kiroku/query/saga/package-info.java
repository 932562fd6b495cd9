/// How processes are getting on: one document per saga, whatever it is about, fed by its stream.
@NullMarked
package io.kiroku.query.saga;

import org.jspecify.annotations.NullMarked;
