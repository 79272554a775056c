package io.longcast.train;

/** Listener of a training run, called on the driver's thread; must return quickly. */
public interface TrainingProgress {

  /** After each good round, and the validation pass that was due after it. */
  void round(RoundRecord record, long stepsInAll);

  /** Reports an event: a checkpoint, a recovery, an early stop. */
  default void event(String line) {}

  /** Says nothing. */
  static TrainingProgress silent() {
    return (record, stepsInAll) -> {};
  }
}
