/// HTTP/1.1 on the port of gRPC: who speaks on a connection is decided by its first bytes.
@NullMarked
package io.kiroku.eventstore.node.http;

import org.jspecify.annotations.NullMarked;
