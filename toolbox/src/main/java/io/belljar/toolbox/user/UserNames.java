package io.belljar.toolbox.user;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The names of users by their numbers, as /etc/passwd has them (passwd(5)). */
public final class UserNames {
  private static final Path HOST = Path.of("/etc/passwd");
  private static final long MOST_BYTES = 10 << 20;

  private final Map<Long, String> names;

  private UserNames(Map<Long, String> names) {
    this.names = names;
  }

  /** The host's; without names when there is no such file. */
  public static UserNames ofHost() {
    try {
      return Files.size(HOST) > MOST_BYTES
          ? new UserNames(Map.of())
          : of(Files.readString(HOST, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new UserNames(Map.of());
    }
  }

  static UserNames of(String passwd) {
    Map<Long, String> names = new HashMap<>();
    for (String line : passwd.split("\n")) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && !fields[0].isEmpty() && fields[2].matches("[0-9]{1,10}")) {
        names.putIfAbsent(Long.parseLong(fields[2]), fields[0]); // the first one counts
      }
    }
    return new UserNames(names);
  }

  /** The user's name, or the number of one without. */
  public String name(long uid) {
    return names.getOrDefault(uid, Long.toString(uid));
  }
}
