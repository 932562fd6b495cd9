package io.kiroku.command.personalkeys;

/// The person was erased on request: nothing about him can be stored any more.
public final class PersonErased extends RuntimeException {
  private static final long serialVersionUID = 1;

  PersonErased() {
    super("The person was erased");
  }
}
