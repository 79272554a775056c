package io.longcast.report;

/** Listener of the progress of long work. Called on the driver only. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (what, done, total, unit) -> {};

  /**
   * Reports a state of the work.
   *
   * @param what the stage in a word or two, such as {@code training}
   * @param done units done so far
   * @param total units in all; 0 where nobody knows
   * @param unit what is counted, such as {@code rounds}; empty where only the stage is known
   */
  void at(String what, long done, long total, String unit);

  /**
   * The same with more to say.
   *
   * @param detail figures of this moment, such as a loss
   */
  default void at(String what, long done, long total, String unit, String detail) {
    at(what, done, total, unit);
  }
}
