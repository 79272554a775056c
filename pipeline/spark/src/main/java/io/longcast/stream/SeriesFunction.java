package io.longcast.stream;

import io.longcast.clean.Arrival;
import io.longcast.clean.ArrivalStage;
import io.longcast.sparkinternals.rdd.Shared;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.util.TaskCompletionListener;

/** A {@link StreamKernel} as the function of Spark's stateful operator; one a task. */
final class SeriesFunction implements FlatMapGroupsWithStateFunction<String, Row, byte[], Row> {
  private static final long serialVersionUID = 1L;
  private static final long MICROS = 1000;

  private final Shared<StreamKernel.Factory> factory;
  private final StreamCounts counts;
  private transient StreamKernel kernel;

  SeriesFunction(Shared<StreamKernel.Factory> factory, StreamCounts counts) {
    this.factory = factory;
    this.counts = counts;
  }

  @Override
  public Iterator<Row> call(String seriesId, Iterator<Row> rows, GroupState<byte[]> state) {
    List<byte[]> chunks = new ArrayList<>();
    rows.forEachRemaining(row -> chunks.add(row.getAs(ArrivalStage.CHUNK)));
    long watermark = Math.multiplyExact(state.getCurrentWatermarkMs(), MICROS);
    byte[] before = state.exists() ? state.get() : null;
    StreamUpdate update = kernel().take(seriesId, before, chunks, watermark);
    counts.add(update);
    if (update.state() == null) {
      state.remove();
    } else {
      state.update(update.state());
      wake(state, update.wake());
    }
    return update.rows().iterator();
  }

  /** Spark calls once the watermark is later, not as late: one millisecond before. */
  private static void wake(GroupState<byte[]> state, long micros) {
    if (micros != Arrival.NEVER) {
      long millis = Math.floorDiv(micros - 1, MICROS);
      state.setTimeoutTimestamp(Math.max(1, Math.max(state.getCurrentWatermarkMs(), millis)));
    }
  }

  private StreamKernel kernel() {
    if (kernel == null) {
      StreamKernel opened = factory.value().open();
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> opened.close());
      kernel = opened;
    }
    return kernel;
  }
}
