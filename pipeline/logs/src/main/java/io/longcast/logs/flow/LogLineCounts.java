package io.longcast.logs.flow;

/**
 * The account of the lines of a log.
 *
 * @param read lines in the files
 * @param used lines that entered a session
 * @param withoutSession lines of entries that name no session
 * @param rejected lines listed as rejects
 */
public record LogLineCounts(long read, long used, long withoutSession, long rejected) {

  /** True if every line is accounted for. */
  public boolean balances() {
    return read == used + withoutSession + rejected;
  }

  @Override
  public String toString() {
    return "lines read %,d = in sessions %,d + without a session %,d + rejected %,d"
        .formatted(read, used, withoutSession, rejected);
  }
}
