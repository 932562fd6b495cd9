package io.kiroku.command.request;

/// A command that was accepted.
///
/// @param createdId of what it created; empty if it created nothing
/// @param consistencyToken as the service gave it
public record Done(String createdId, String consistencyToken) {
  public static Done changed(String consistencyToken) {
    return new Done("", consistencyToken);
  }
}
