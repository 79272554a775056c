package io.longcast.stream;

import java.io.Serializable;
import java.util.List;

/** What is done with the rows of a series as they arrive; no engine. Not thread-safe. */
public interface StreamKernel extends AutoCloseable {

  /**
   * Takes what arrived of a series, which may be nothing.
   *
   * @param state as the last update returned it; null for a new series
   * @param chunks as {@link io.longcast.clean.ArrivalStage} makes them
   * @param watermark microseconds since 1970
   * @throws io.longcast.state.StateFormatException if the state is of another version of the
   *     program
   */
  StreamUpdate take(String seriesId, byte[] state, List<byte[]> chunks, long watermark);

  @Override
  void close();

  /** Opens a kernel in each task. */
  interface Factory extends Serializable {
    /** A kernel, closed by the caller. */
    StreamKernel open();

    /** The state of a series that goes on from a row of the detector states. */
    byte[] resuming(byte[] saved);
  }
}
