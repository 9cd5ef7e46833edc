package io.belljar.linux.proc;

/**
 * What the interfaces of a network namespace have carried since they are there, but for its own
 * loopback (/proc/PID/net/dev).
 *
 * @param received bytes
 * @param sent bytes
 */
public record NetworkTraffic(long received, long sent) {
  private static final int RECEIVED = 0;
  private static final int SENT = 8;

  /** Lines that are not of the form of an interface's do not count. */
  static NetworkTraffic parse(String text) {
    long received = 0;
    long sent = 0;
    for (String line : ProcFs.lines(text)) {
      int colon = line.lastIndexOf(':'); // a name may hold one, a number does not
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      String[] numbers = line.substring(colon + 1).strip().split("\\s+");
      if (numbers.length > SENT) {
        received += Numbers.parseLong(numbers[RECEIVED]).orElse(0L);
        sent += Numbers.parseLong(numbers[SENT]).orElse(0L);
      }
    }
    return new NetworkTraffic(received, sent);
  }
}
