/// What a user may rely on, tested from outside: HTTP, WebSocket, and processes that are killed.
@NullMarked
package io.kiroku.e2e;

import org.jspecify.annotations.NullMarked;
