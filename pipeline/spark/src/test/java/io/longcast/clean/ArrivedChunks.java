package io.longcast.clean;

import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Chunks of rows as {@link ArrivalStage} makes them, without an engine. */
public final class ArrivedChunks {
  private final SeriesLayout transport;
  private long place;

  public ArrivedChunks(SeriesLayout layout) {
    transport = ArrivalPlan.transport(layout);
  }

  /** The chunk of a row; NaN for an absent number. */
  public byte[] of(String seriesId, long micros, double... numbers) {
    Object[] columns = new Object[9 + numbers.length + transport.staticCovariates().size()];
    UTF8String id = UTF8String.fromString(seriesId);
    columns[0] = id;
    columns[1] = micros;
    for (int i = 0; i < numbers.length; i++) {
      columns[9 + i] = numbers[i];
    }
    RowColumns.number(columns, 0, place++);
    OpenChunk chunk =
        new OpenChunk(id, 0, new RowColumns(transport), RowChunk.order(CleanSpec.Grid.REGULAR));
    chunk.add(EngineRow.of(columns), RowChunk.NONE);
    return chunk.bytes();
  }
}
