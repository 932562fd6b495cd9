package io.kiroku.projection.engine;

/// How far an audit of everything is: first of all streams, then of the documents that have none.
///
/// @param streams looked at so far
/// @param differing how many of them differ
/// @param documents whose streams were looked for so far
/// @param position log position up to which every stream that begins has been looked at
/// @param end log position at which the first part ends
/// @param done whether nothing is left
public record AuditProgress(
    long streams, long differing, long documents, long position, long end, boolean done) {
  static AuditProgress begin(long position, long end) {
    return new AuditProgress(0, 0, 0, position, end, false);
  }

  boolean streamsDone() {
    return position >= end;
  }

  /// After some more streams.
  AuditProgress streams(int looked, long found, long upTo) {
    return new AuditProgress(streams + looked, differing + found, documents, upTo, end, false);
  }

  /// After some more documents, and those of their streams that do not exist.
  AuditProgress documents(int looked, int strays, long found, boolean last) {
    return new AuditProgress(
        streams + strays, differing + found, documents + looked, position, end, last);
  }
}
