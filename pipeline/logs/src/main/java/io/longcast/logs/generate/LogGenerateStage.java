package io.longcast.logs.generate;

import io.longcast.generate.Noise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Generates the log of a fleet of devices on the executors: their runs interleaved by time within
 * an hour, an hour of up to five thousand devices a task.
 */
public final class LogGenerateStage {
  /** Header of the lines, in the words of the log reader. */
  public static final String PATTERN = "<Timestamp> <Level> [<Session>] <Component>: <Content>";

  /** Lines that have no header. */
  private static final String[] STRAYS = {
    "", "-- log rotated --", "    at core.Task.run(Task.java:88)", "2024-13-45T99:00 INFO"
  };

  private static final int DEVICES = 5000;
  private static final StructType LABELS =
      new StructType()
          .add("session_id", DataTypes.StringType, false)
          .add("kind", DataTypes.StringType, false)
          .add("position", DataTypes.IntegerType, false);

  private LogGenerateStage() {}

  /** The lines, in one column {@code value}, ready to be written as text. No shuffle. */
  public static Dataset<String> lines(SparkSession spark, LogGenerateSpec spec) {
    FlatMapFunction<Long, String> hour = task -> hour(spec, task).iterator();
    return tasks(spark, spec).flatMap(hour, Encoders.STRING());
  }

  /**
   * The faulty runs: {@code session_id}, {@code kind}, {@code position} of the first damaged line.
   */
  public static Dataset<Row> labels(SparkSession spark, LogGenerateSpec spec) {
    FlatMapFunction<Long, Row> hour =
        task ->
            runs(spec, task)
                .filter(run -> run.fault() != null)
                .map(run -> RowFactory.create(run.session(), run.fault(), run.faultPosition()))
                .iterator();
    return tasks(spark, spec).flatMap(hour, Encoders.row(LABELS));
  }

  private static Dataset<Long> tasks(SparkSession spark, LogGenerateSpec spec) {
    long tasks = (long) spec.hours() * blocks(spec);
    return spark.range(0, tasks, 1, (int) Math.min(tasks, 10_000));
  }

  private static int blocks(LogGenerateSpec spec) {
    return (spec.devices() + DEVICES - 1) / DEVICES;
  }

  private static java.util.stream.Stream<DeviceRun> runs(LogGenerateSpec spec, long task) {
    int hour = (int) (task / blocks(spec));
    int first = (int) (task % blocks(spec)) * DEVICES;
    return IntStream.range(first, Math.min(spec.devices(), first + DEVICES))
        .mapToObj(device -> spec.run(device, hour));
  }

  private static List<String> hour(LogGenerateSpec spec, long task) {
    List<DeviceRun.Line> lines = new ArrayList<>();
    runs(spec, task).forEach(run -> lines.addAll(run.lines()));
    lines.sort(
        Comparator.comparingLong(DeviceRun.Line::millis).thenComparing(DeviceRun.Line::text));
    Noise noise = new Noise(spec.seed(), 0xD127, task);
    List<String> texts = new ArrayList<>(lines.size());
    for (DeviceRun.Line line : lines) {
      if (spec.dirty() > 0 && noise.uniform() < spec.dirty()) {
        texts.add(STRAYS[noise.below(STRAYS.length)]);
      }
      texts.add(line.text());
    }
    return texts;
  }
}
