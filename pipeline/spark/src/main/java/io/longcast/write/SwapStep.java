package io.longcast.write;

/** The points of a swap at which a writer can die; tests halt there. */
enum SwapStep {
  /** The new rows lie beside the table; nothing has changed. */
  STAGED,
  /** The journal is written: from here the swap is finished, if need be by the next start. */
  JOURNALED,
  /** The old table has left its name. */
  AWAY,
  /** One old partition is out. */
  OLD_OUT,
  /** One new partition is in. */
  NEW_IN,
  /** The new table has its name. */
  BACK,
  /** The journal is deleted; remaining files are garbage. */
  SETTLED
}
