/// How this service talks to payment provider and carrier over HTTP: a time limit for each call, a
/// circuit breaker for each provider, and one reading of what went wrong. The contract is
/// `docs/providers.md`.
@NullMarked
package io.kiroku.command.provider;

import org.jspecify.annotations.NullMarked;
