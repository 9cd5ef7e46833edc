package io.belljar.spec.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * {@code hooks.…[]}: a program that is run at a point of the container's life.
 *
 * @param path the program, absolute
 * @param args its arguments, its own name first; empty means just the path
 * @param env its whole environment
 * @param timeout seconds after which it is killed, above 0; absent means never
 */
public record Hook(String path, List<String> args, List<String> env, OptionalInt timeout) {
  public Hook {
    args = List.copyOf(args);
    env = List.copyOf(env);
  }
}
