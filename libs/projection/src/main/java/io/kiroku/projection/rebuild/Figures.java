package io.kiroku.projection.rebuild;

/// How far a rebuild has got, as its builder last said.
///
/// @param events applied so far
/// @param behind still to be applied; an estimate while they are many
/// @param perSecond events applied a second, lately
/// @param position log position up to which everything is applied or parked
/// @param head log position of the last event
public record Figures(long events, long behind, double perSecond, long position, long head) {
  static final Figures NONE = new Figures(0, 0, 0, -1, -1);
}
