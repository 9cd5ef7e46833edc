package io.belljar.linux.mount;

import java.util.Optional;

/** The commands of fsconfig(2) ({@code linux/mount.h}). */
public enum FsconfigCommand {
  FSCONFIG_SET_FLAG(0),
  FSCONFIG_SET_STRING(1),
  FSCONFIG_SET_BINARY(2),
  FSCONFIG_SET_PATH(3),
  FSCONFIG_SET_PATH_EMPTY(4),
  FSCONFIG_SET_FD(5),
  FSCONFIG_CMD_CREATE(6),
  FSCONFIG_CMD_RECONFIGURE(7),
  FSCONFIG_CMD_CREATE_EXCL(8);

  private final int number;

  FsconfigCommand(int number) {
    this.number = number;
  }

  /** FSOPEN_CLOEXEC and FSMOUNT_CLOEXEC: the one flag of fsopen(2) and of fsmount(2). */
  public static final int FSOPEN_CLOEXEC = 1;

  /** See {@link #FSOPEN_CLOEXEC}. */
  public static final int FSMOUNT_CLOEXEC = 1;

  /** The number, as fsconfig(2) takes it. */
  public int number() {
    return number;
  }

  /** The command of this number. */
  public static Optional<FsconfigCommand> of(int number) {
    for (FsconfigCommand command : values()) {
      if (command.number == number) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }
}
