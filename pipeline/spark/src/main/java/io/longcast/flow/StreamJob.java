package io.longcast.flow;

import io.longcast.table.TableShape;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a stream does with one kind of input; {@link StreamFlow} starts, follows and ends it. */
public interface StreamJob {

  /** Id of the model that is to score now. */
  String modelId();

  /**
   * The query by a model.
   *
   * @param checkpoint folder of its progress and state
   */
  Opened open(String modelId, String checkpoint);

  /** How its progress is worded. */
  Words words();

  /** What alerts are about. */
  Alerted alerted();

  /**
   * What alerts are about.
   *
   * @param table that the stream writes
   * @param events its rows in the shape of {@link io.longcast.table.EventsTable}
   */
  record Alerted(TableShape table, UnaryOperator<Dataset<Row>> events) {}

  /**
   * A query that can be started.
   *
   * @param rows a streaming DataFrame
   * @param write writes a micro-batch of them, by its number; the same again if it is called twice
   */
  record Opened(Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> write) {}

  /**
   * Words of the progress line.
   *
   * @param scored such as {@code steps scored}
   * @param opened such as {@code events began}
   * @param closed such as {@code ended}
   * @param rows such as {@code rows}
   * @param states such as {@code series}
   */
  record Words(String scored, String opened, String closed, String rows, String states) {}
}
