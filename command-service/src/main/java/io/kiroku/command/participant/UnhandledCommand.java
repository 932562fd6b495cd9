package io.kiroku.command.participant;

import io.kiroku.decider.Rejection;

/// A command that cannot be handled as it is: trying again does not help.
public final class UnhandledCommand extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  private UnhandledCommand(String code, String why) {
    super(why);
    this.code = code;
  }

  /// The envelope holds nothing, or something that this version does not know.
  public static UnhandledCommand unknown(Object content) {
    return new UnhandledCommand("UNKNOWN_COMMAND", "Unknown command " + content);
  }

  /// Processes are answered by facts; a refusal means that something is wrong with the message.
  public static UnhandledCommand refused(Rejection reason) {
    return new UnhandledCommand(reason.code(), reason.detail());
  }

  public String code() {
    return code;
  }
}
