package io.belljar.spec.state;

import io.belljar.spec.order.Ordered;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The state of a container (runtime.md): what hooks read from their standard input.
 *
 * @param ociVersion the version of the specification that the state follows
 * @param id the container
 * @param status where it is in its life
 * @param pid its first process as the runtime sees it; absent once it has stopped
 * @param bundle the bundle's absolute path
 * @param annotations the configuration's
 */
public record State(
    String ociVersion,
    String id,
    Status status,
    OptionalInt pid,
    String bundle,
    Map<String, String> annotations) {
  public State {
    annotations = Ordered.copy(annotations);
  }
}
