package io.belljar.runtime.cgroup;

import io.belljar.runtime.InvalidRequestException;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a configuration asks of one controller. Each method throws {@link InvalidRequestException},
 * whose message begins with the JSON path, for what the kernel would not take.
 */
interface ControllerLimits {
  /** The controller that is needed. */
  Controller controller();

  /** The JSON path of the limits. */
  String path();

  /** Whether nothing is asked for, so that the controller is not needed. */
  boolean isEmpty();

  /** The files of cgroup v1, in the order in which they are to be written. */
  List<GroupWrite> v1(Hierarchy hierarchy);

  /** The files of cgroup v2, in the order in which they are to be written. */
  List<GroupWrite> v2(Hierarchy hierarchy);

  /** 0 means "not set" wherever runc reads it so. */
  static boolean isSet(OptionalLong value) {
    return value.isPresent() && value.getAsLong() != 0;
  }

  /** For v1, where -1 is unlimited, and v2, which says {@code max}. */
  static String orMax(long value) {
    return value < 0 ? "max" : Long.toString(value);
  }

  /** The error for a limit that this version of cgroups does not have. */
  static InvalidRequestException onlyV1(String path) {
    return InvalidRequestException.ofConfig(
        path, "cgroup v2 has no such limit; only cgroup v1 has it");
  }

  /** Refuses a value outside of what the kernel takes. */
  static void requireRange(String path, long value, long least, long most, String unit) {
    if (value < least || value > most) {
      throw InvalidRequestException.ofConfig(
          path,
          "%d is out of range: the kernel takes %d to %d%s".formatted(value, least, most, unit));
    }
  }
}
