package io.belljar.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the kernel, as uname(2) tells it.
 *
 * @param major for example 6
 * @param minor for example 18
 */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
  private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /**
   * Reads a release such as {@code 6.1.0-18-amd64}.
   *
   * @throws IllegalArgumentException when it does not begin with two numbers
   */
  public static KernelVersion parse(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a kernel release: " + release);
    }
    return new KernelVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(KernelVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }
}
