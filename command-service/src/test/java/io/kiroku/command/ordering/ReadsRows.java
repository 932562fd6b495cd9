package io.kiroku.command.ordering;

import io.vertx.mutiny.sqlclient.Pool;

/// Breaks a rule on purpose: an order is decided on the log, not on rows.
public record ReadsRows(Pool pool) {}
