package io.longcast.clean;

import java.io.Serializable;

/**
 * The account of input rows.
 *
 * @param read rows that came from the source
 * @param used rows that entered a series
 * @param rejected rows listed as rejects
 * @param series series seen
 * @param kept series that go on to the model
 */
public record RowCounts(long read, long used, long rejected, long series, long kept)
    implements Serializable {

  /** True if every row is accounted for. */
  public boolean balances() {
    return read == used + rejected;
  }

  /** Two accounts as one. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        read + other.read,
        used + other.used,
        rejected + other.rejected,
        series + other.series,
        kept + other.kept);
  }

  @Override
  public String toString() {
    return "rows read %,d = used %,d + rejected %,d; series %,d, kept %,d"
        .formatted(read, used, rejected, series, kept);
  }
}
