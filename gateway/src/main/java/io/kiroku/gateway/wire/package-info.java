/// Between Protobuf and JSON: what is absent, when it was, and the headers of an answer. No
/// business here.
@NullMarked
package io.kiroku.gateway.wire;

import org.jspecify.annotations.NullMarked;
