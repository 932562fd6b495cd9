/// MongoDB's wire protocol over an H2 file: mongo-java-server, with a store that survives a kill as
/// one moment, and with the sorted indexes that it lacks.
@NullMarked
package io.kiroku.stack.mongo;

import org.jspecify.annotations.NullMarked;
