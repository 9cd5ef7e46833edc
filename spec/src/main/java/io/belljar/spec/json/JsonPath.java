package io.belljar.spec.json;

/** How messages name a place in a document. */
public final class JsonPath {
  private JsonPath() {}

  /**
   * The path of a member: {@code linux.sysctl["net.ipv4.ip_forward"]}; a name that would read
   * ambiguously is quoted.
   *
   * @param object the object's path, empty for the root
   */
  public static String member(String object, String name) {
    if (!isPlain(name)) {
      return object + "[" + JsonNode.shorten(name) + "]";
    }
    return object.isEmpty() ? name : object + "." + name;
  }

  /** The path of an element: {@code mounts[3]}. */
  public static String element(String array, int index) {
    return array + "[" + index + "]";
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-');
  }
}
