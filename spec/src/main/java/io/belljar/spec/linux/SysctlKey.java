package io.belljar.spec.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a kernel parameter (sysctl.d(5)): its components.
 *
 * <p>Whichever of {@code .} and {@code /} comes first separates; the other one then stands for the
 * separator inside a component: {@code net/ipv4/conf/eno2.100/rp_filter} and {@code
 * net.ipv4.conf.eno2/100.rp_filter} are the same.
 *
 * @param components the path below /proc/sys
 */
public record SysctlKey(List<String> components) {
  // '+' and '=' and spaces separate parameters for programs that take several in one string, and
  // let a name carry a second parameter past a check of the first (CVE-2022-0811).
  private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.:@-]+");

  public SysctlKey {
    components = List.copyOf(components);
  }

  /** The key, or nothing if {@code key} is not the name of a parameter. */
  public static Optional<SysctlKey> parse(String key) {
    boolean slashes = firstSeparator(key) == '/';
    List<String> components =
        slashes
            ? List.of(key.split("/", -1))
            : List.of(key.split("\\.", -1)).stream()
                .map(component -> component.replace('/', '.'))
                .toList();
    boolean valid =
        components.size() > 1
            && components.stream()
                .allMatch(component ->
                    COMPONENT.matcher(component).matches()
                        && !component.equals(".")
                        && !component.equals(".."));
    return valid ? Optional.of(new SysctlKey(components)) : Optional.empty();
  }

  private static char firstSeparator(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '.' || c == '/') {
        return c;
      }
    }
    return '.';
  }

  /** The path below /proc/sys: {@code net/ipv4/conf/eno2.100/rp_filter}. */
  public String path() {
    return String.join("/", components);
  }

  /** The usual form: {@code net.ipv4.conf.eno2/100.rp_filter}. */
  public String dotted() {
    return String.join(
        ".", components.stream().map(component -> component.replace('.', '/')).toList());
  }
}
