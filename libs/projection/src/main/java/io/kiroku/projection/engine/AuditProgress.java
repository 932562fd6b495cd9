package io.kiroku.projection.engine;

/// How far an audit of everything is.
///
/// @param streams looked at so far
/// @param differing how many of them differ
/// @param position log position up to which every stream that begins has been looked at
/// @param end log position at which the audit ends
public record AuditProgress(long streams, long differing, long position, long end) {
  public boolean done() {
    return position >= end;
  }
}
