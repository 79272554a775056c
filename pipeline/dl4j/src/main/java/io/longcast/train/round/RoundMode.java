package io.longcast.train.round;

/** How the rounds of a run are carried out. The bits of the result are the same. */
public enum RoundMode {
  /** {@link #STAGE} where the executors are known and few, else {@link #JOB}. */
  AUTO,
  /** One stage for all rounds, whose tasks keep a core each from the first round to the last. */
  STAGE,
  /** A Spark job a round. */
  JOB
}
