package io.longcast.generate;

/**
 * One labelled fault.
 *
 * @param kind one of the kind's faults
 * @param channel that it affects, −1: the whole series
 * @param start first step
 * @param length in steps, at least 1
 * @param strength in [0, 1)
 * @param sign +1 or −1
 */
record Episode(String kind, int channel, long start, long length, double strength, int sign) {

  long end() {
    return start + length;
  }

  boolean covers(long step) {
    return step >= start && step < end();
  }

  boolean is(String name) {
    return kind.equals(name);
  }
}
