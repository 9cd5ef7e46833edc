package io.belljar.cli.people;

import io.belljar.CallFilter;
import io.belljar.Device;
import io.belljar.DeviceLimit;
import io.belljar.InvalidIsolationException;
import io.belljar.Privileges;
import io.belljar.Sharing;
import io.belljar.Ulimit;
import io.belljar.linux.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Options whose value has a form of its own, as Docker reads them. */
final class OptionTexts {
  private OptionTexts() {}

  /** {@code private}, {@code host}, {@code container:NAME}; for a network {@code none}, too. */
  static Sharing sharing(String option, String text) {
    if (text.startsWith("container:") && text.length() > "container:".length()) {
      return Sharing.container(text.substring("container:".length()));
    }
    boolean network = option.equals("network");
    return switch (text) {
      case "host" -> Sharing.HOST;
      case "none", "private" -> {
        if (text.equals("none") != network) {
          throw unknownSharing(option, text);
        }
        yield Sharing.PRIVATE;
      }
      default -> throw unknownSharing(option, text);
    };
  }

  private static InvalidIsolationException unknownSharing(String option, String text) {
    return new InvalidIsolationException(
        option,
        "\"%s\" is not %s, host or container:NAME"
            .formatted(text, option.equals("network") ? "none" : "private"));
  }

  /** Names with or without CAP_, in any case, or ALL. */
  static List<Capability> capabilities(String option, List<String> texts) {
    List<Capability> capabilities = new ArrayList<>();
    for (String text : texts) {
      for (String name : text.split(",")) {
        if (name.equalsIgnoreCase("all")) {
          capabilities.addAll(Arrays.asList(Capability.values()));
        } else {
          capabilities.add(
              Capability.parse(name)
                  .orElseThrow(() ->
                      new InvalidIsolationException(
                          option, "\"" + name + "\" is not a capability, such as NET_ADMIN")));
        }
      }
    }
    return capabilities;
  }

  /** {@code no-new-privileges[=true|false]}, {@code seccomp=unconfined|FILE}. */
  static Privileges security(Privileges privileges, String text, Path directory) {
    int split = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
    String key = split < 0 ? text : text.substring(0, split);
    String value = split < 0 ? "true" : text.substring(split + 1);
    if (key.equals("no-new-privileges") && value.equals("true")) {
      return privileges.neverMore();
    }
    if (key.equals("no-new-privileges") && value.equals("false")) {
      return privileges;
    }
    if (key.equals("seccomp") && split > 0 && !value.isEmpty()) {
      return privileges.calls(
          switch (value) {
            case "unconfined" -> CallFilter.UNCONFINED;
            case "builtin" -> CallFilter.DEFAULT;
            default -> CallFilter.profile(directory.resolve(value).normalize());
          });
    }
    throw new InvalidIsolationException(
        "security-opt",
        "\"" + text + "\" is not no-new-privileges, seccomp=unconfined or seccomp=FILE");
  }

  /** {@code nofile=1024[:2048]}. */
  static Ulimit ulimit(String text) {
    int equals = text.indexOf('=');
    if (equals > 0) {
      String[] values = text.substring(equals + 1).split(":", -1);
      if (values.length <= 2
          && Arrays.stream(values).allMatch(value -> value.matches("-1|[0-9]{1,18}"))) {
        long soft = Long.parseLong(values[0]);
        return new Ulimit(
            text.substring(0, equals), soft, Long.parseLong(values[values.length - 1]));
      }
    }
    throw new InvalidIsolationException(
        "ulimit", "\"" + text + "\" is not NAME=SOFT[:HARD], such as nofile=1024:2048");
  }

  /** {@code SOURCE[:TARGET][:rwm]}. */
  static Device device(String text, Path directory) {
    String[] parts = text.split(":", -1);
    if (parts.length > 3 || Arrays.asList(parts).contains("")) {
      throw new InvalidIsolationException(
          "device", "\"" + text + "\" is not SOURCE, SOURCE:TARGET or SOURCE:TARGET:rwm");
    }
    Path source = directory.resolve(parts[0]).normalize();
    boolean twoWithAccess = parts.length == 2 && parts[1].matches("[rwm]{1,3}");
    String target = parts.length == 1 || twoWithAccess ? source.toString() : parts[1];
    String access = twoWithAccess ? parts[1] : parts.length == 3 ? parts[2] : "rwm";
    return new Device(source, target, access);
  }

  /** {@code /dev/sda:1mb}, or without a unit where operations are counted. */
  static DeviceLimit deviceLimit(String text, DeviceLimit.Kind kind) {
    String option = kind.option();
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.startsWith("/dev/")) {
      throw new InvalidIsolationException(
          option, "\"" + text + "\" is not DEVICE:N, such as /dev/sda:1000");
    }
    String number = text.substring(colon + 1);
    long limit =
        kind.countsBytes() ? Quantities.bytes(option, number) : Quantities.integer(option, number);
    if (limit < 1) {
      throw new InvalidIsolationException(option, "\"" + text + "\" would allow nothing");
    }
    return new DeviceLimit(Path.of(text.substring(0, colon)).normalize(), kind, limit);
  }
}
