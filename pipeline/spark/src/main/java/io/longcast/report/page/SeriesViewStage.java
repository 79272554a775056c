package io.longcast.report.page;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import io.longcast.table.AnomaliesTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Collects the series that are drawn, a bounded number of steps of each. One scan of their rows and
 * two shuffles by series.
 */
public final class SeriesViewStage {
  /** Steps times channels over all series drawn; nine bytes each before base64. */
  private static final int MAX_CELLS = 120_000;

  private static final int MIN_STEPS = 60;
  private static final int MAX_STEPS = 2_000;
  private static final String ID = AnomaliesTable.SERIES_ID;
  private static final String PEAK = "peak";

  private SeriesViewStage() {}

  /**
   * The views of some series, in their order.
   *
   * @param rows of {@link StepRows}
   * @param ids the series
   * @param channels of a series
   */
  public static List<SeriesView> of(Dataset<Row> rows, List<String> ids, int channels) {
    Map<String, List<Row>> bySeries = new LinkedHashMap<>();
    ids.forEach(id -> bySeries.put(id, new ArrayList<>()));
    int cells = Math.max(1, ids.size() * Math.min(channels, SeriesView.MAX_CHANNELS));
    int steps = Math.max(MIN_STEPS, Math.min(MAX_STEPS, MAX_CELLS / cells));
    drawn(SeriesCatalog.of(rows, ids), steps)
        .collectAsList()
        .forEach(row -> bySeries.get(row.<String>getAs(ID)).add(row));
    List<SeriesView> views = new ArrayList<>();
    bySeries.forEach(
        (id, found) -> {
          if (!found.isEmpty()) {
            views.add(new Drawn(found).view(id, steps));
          }
        });
    return views;
  }

  /** At most so many steps of each series, in the order of their places. */
  private static Dataset<Row> drawn(Dataset<Row> rows, int steps) {
    Column cell =
        struct(
            col(AnomaliesTable.CHANNEL),
            col(AnomaliesTable.VALUE),
            col(AnomaliesTable.EXPECTED),
            col(AnomaliesTable.LOWER),
            col(AnomaliesTable.UPPER),
            col(AnomaliesTable.ANOMALY_SCORE),
            col(AnomaliesTable.CONTRIBUTION));
    Dataset<Row> perStep =
        rows.groupBy(col(ID), col(StepRows.X))
            .agg(
                coalesce(max(AnomaliesTable.ANOMALY_SCORE), lit(0)).as(PEAK),
                max(AnomaliesTable.THRESHOLD).as(AnomaliesTable.THRESHOLD),
                collect_list(cell).as("cells"))
            .withColumn(
                "back", row_number().over(Window.partitionBy(ID).orderBy(desc(StepRows.X))))
            .withColumn("count", count("*").over(Window.partitionBy(ID)));
    int newest = steps / 2;
    Column width = expr("greatest(1, ceil((count - %d) / %d))".formatted(newest, steps - newest));
    Column bucket =
        expr("if(back <= %1$d, back, %1$d + ceil((back - %1$d) / width))".formatted(newest));
    Column all = struct(col(StepRows.X), col(AnomaliesTable.THRESHOLD), col("cells"), col("count"));
    return perStep
        .withColumn("width", width)
        .groupBy(col(ID), bucket.as("bucket"))
        .agg(max_by(all, struct(col(PEAK), col(StepRows.X))).as("step"))
        .select(ID, "step.*")
        .orderBy(ID, StepRows.X);
  }

  /** The steps of one series that are drawn. */
  private record Drawn(List<Row> steps) {

    SeriesView view(String id, int most) {
      List<String> names = channels();
      int drawn = Math.min(names.size(), SeriesView.MAX_CHANNELS);
      Row first = steps.get(0);
      return new SeriesView(
          id,
          first.<Long>getAs("count"),
          first.<Long>getAs(StepRows.X),
          deltas(),
          steps.get(Math.max(0, steps.size() - most / 2)).<Long>getAs(StepRows.X),
          Packed.of(steps.stream().mapToDouble(row -> digits(row, AnomaliesTable.THRESHOLD)).toArray()),
          names.subList(0, drawn).stream().map(this::channel).toList(),
          names.size() - drawn);
    }

    /** By their highest score; by name where these are equal. */
    private List<String> channels() {
      Map<String, Double> peaks = new LinkedHashMap<>();
      for (String name : new TreeSet<>(cells().map(cell -> cell.<String>getAs(0)).toList())) {
        peaks.put(name, 0.0);
      }
      cells()
          .filter(cell -> !cell.isNullAt(5))
          .forEach(cell -> peaks.merge(cell.getString(0), cell.getDouble(5), Math::max));
      return peaks.entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .map(Map.Entry::getKey)
          .toList();
    }

    private Stream<Row> cells() {
      return steps.stream().flatMap(row -> row.<Row>getList(row.fieldIndex("cells")).stream());
    }

    private SeriesView.Channel channel(String name) {
      double[][] columns = new double[6][steps.size()];
      for (int step = 0; step < steps.size(); step++) {
        Row cell = cell(steps.get(step), name);
        for (int c = 0; c < columns.length; c++) {
          boolean missing = cell == null || cell.isNullAt(c + 1);
          columns[c][step] = missing ? Double.NaN : cell.getDouble(c + 1);
        }
        columns[4][step] = digits(columns[4][step]);
      }
      return new SeriesView.Channel(
          name,
          Packed.of(columns[0]),
          Packed.of(columns[1]),
          Packed.of(columns[2]),
          Packed.of(columns[3]),
          Packed.of(columns[4]),
          Packed.of(columns[5]));
    }

    private static Row cell(Row step, String channel) {
      return step.<Row>getList(step.fieldIndex("cells")).stream()
          .filter(cell -> channel.equals(cell.getString(0)))
          .findFirst()
          .orElse(null);
    }

    private List<Long> deltas() {
      List<Long> pairs = new ArrayList<>();
      for (int step = 1; step < steps.size(); step++) {
        long delta =
            steps.get(step).<Long>getAs(StepRows.X) - steps.get(step - 1).<Long>getAs(StepRows.X);
        int last = pairs.size() - 2;
        if (last >= 0 && pairs.get(last) == delta) {
          pairs.set(last + 1, pairs.get(last + 1) + 1);
        } else {
          pairs.addAll(List.of(delta, 1L));
        }
      }
      return pairs;
    }

    private static double digits(Row row, String column) {
      Double score = row.getAs(column);
      return score == null ? Double.NaN : Rounded.digits(score);
    }

    private static double digits(double score) {
      return Double.isNaN(score) ? Double.NaN : Rounded.digits(score);
    }
  }
}
