/// Who calls: bearer tokens verified once per call, and what else the caller brought along. Read
/// [RequestContext#current()] first thing in a gRPC method, before anything asynchronous.
@NullMarked
package io.kiroku.service.security;

import org.jspecify.annotations.NullMarked;
