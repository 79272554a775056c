package io.longcast.clean;

import java.io.Serializable;

/**
 * The account of input rows.
 *
 * @param read rows of the source
 * @param used rows that entered a series
 * @param rejected rows listed as rejects
 * @param cells cells of used rows that could not be read and count as missing
 * @param series series seen
 * @param kept series that go on to the model
 */
public record RowCounts(long read, long used, long rejected, long cells, long series, long kept)
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
        cells + other.cells,
        series + other.series,
        kept + other.kept);
  }

  @Override
  public String toString() {
    String unread = cells == 0 ? "" : "; cells rejected %,d".formatted(cells);
    return "rows read %,d = used %,d + rejected %,d%s; series %,d, kept %,d"
        .formatted(read, used, rejected, unread, series, kept);
  }
}
