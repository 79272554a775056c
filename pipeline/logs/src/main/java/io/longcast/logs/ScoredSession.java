package io.longcast.logs;

/** An abnormal session, for its row of the table log_anomalies. */
interface ScoredSession {
  String id();

  /** The first keys; all of them where no more were kept. */
  int[] keys();

  /** Messages, of which {@link #keys} may have fewer. */
  int length();

  /** Where a message stood. */
  Place place(int position);

  /** Messages that fit no template. */
  int unmatched();

  /** Time of the first message, milliseconds since the epoch. */
  long start();

  /** Whether its lines have times; all are 0 without. */
  boolean isTimed();

  /** Whether it has ended. */
  boolean isClosed();

  /**
   * Where a message stood.
   *
   * @param millis its time, milliseconds since the epoch
   * @param key of its template
   * @param host that wrote it; null where the log does not say
   * @param line its text; null where it was not kept
   */
  record Place(long millis, int key, String file, long offset, String host, String line) {}
}
