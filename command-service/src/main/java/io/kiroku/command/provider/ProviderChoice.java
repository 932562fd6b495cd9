package io.kiroku.command.provider;

/// Who stands behind a port.
public enum ProviderChoice {
  /// Rules of our own that move nothing.
  BUILT_IN,
  /// Whoever speaks the contract at the configured address.
  HTTP
}
