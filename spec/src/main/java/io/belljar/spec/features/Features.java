package io.belljar.spec.features;

import io.belljar.spec.order.Ordered;
import java.util.List;
import java.util.Map;

/**
 * The features document. Everything is known of this runtime, so nothing is optional; an empty list
 * is left out, which to a reader means that it is not known.
 *
 * @param ociVersionMin the oldest version of the specification that is understood
 * @param ociVersionMax the newest one
 * @param hooks the names of hooks
 * @param mountOptions the options that are not passed on to the file system
 * @param linux the Linux part
 * @param annotations of the runtime itself: its version and the like
 * @param potentiallyUnsafeConfigAnnotations annotations of a configuration that change what the
 *     runtime does; a trailing {@code .} makes a prefix
 */
public record Features(
    String ociVersionMin,
    String ociVersionMax,
    List<String> hooks,
    List<String> mountOptions,
    LinuxFeatures linux,
    Map<String, String> annotations,
    List<String> potentiallyUnsafeConfigAnnotations) {
  public Features {
    hooks = List.copyOf(hooks);
    mountOptions = List.copyOf(mountOptions);
    annotations = Ordered.copy(annotations);
    potentiallyUnsafeConfigAnnotations = List.copyOf(potentiallyUnsafeConfigAnnotations);
  }
}
