package io.belljar.runtime;

/**
 * The name of a container, as runc allows it: letters, digits and {@code _ + - .}, at most 1024 of
 * them, neither {@code .} nor {@code ..}. It becomes the name of a directory, so nothing else ever
 * reaches a path.
 *
 * @param value for example {@code web-1}
 */
public record ContainerId(String value) {
  private static final int LONGEST = 1024;
  private static final int RANDOM = 64;
  private static final int SHORT = 12;

  /**
   * @throws InvalidRequestException when the name is not allowed
   */
  public ContainerId {
    check("container id", value);
  }

  /**
   * The id that a person chose as a name: a refusal speaks of a name.
   *
   * @throws InvalidRequestException when the name is not allowed
   */
  public static ContainerId ofName(String name) {
    check("name", name);
    return new ContainerId(name);
  }

  private static void check(String what, String value) {
    if (value.isEmpty()) {
      throw new InvalidRequestException(what + " must not be empty");
    }
    if (value.length() > LONGEST) {
      throw new InvalidRequestException(
          "invalid " + what + ": " + value.length() + " characters, at most " + LONGEST);
    }
    if (value.equals(".") || value.equals("..") || !value.chars().allMatch(ContainerId::allowed)) {
      throw new InvalidRequestException(
          "invalid "
              + what
              + " \""
              + value.replaceAll("\\p{Cntrl}", "?")
              + "\": only letters, digits and _ + - . are allowed, and neither \".\" nor \"..\"");
    }
  }

  private static boolean allowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "_+-.".indexOf(character) >= 0;
  }

  /** Whether nobody chose it: 64 hexadecimal digits, as engines make them. */
  public boolean isRandom() {
    return value.length() == RANDOM && value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** What people are shown: of a random one the first twelve digits, otherwise all of it. */
  public String shortForm() {
    return isRandom() ? value.substring(0, SHORT) : value;
  }

  @Override
  public String toString() {
    return value;
  }
}
