package io.longcast.report.page;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.longcast.table.AnomaliesTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Collects the series that are drawn, a bounded number of steps of each. One scan of their rows and
 * one shuffle.
 *
 * <p>The axis of a series is divided into bins: a little narrower than a step in its newest part,
 * so that each holds one step at most, and wide before it. Of each bin the step with the highest
 * score is drawn.
 */
public final class SeriesViewStage {
  /** Steps times channels over all series drawn; 12 bytes each before base64. */
  private static final int MAX_CELLS = 120_000;

  private static final int MIN_STEPS = 60;

  /** Steps drawn of a series. */
  static final int MAX_STEPS = 2_000;

  private static final double STEPS_A_BIN = 0.9;
  private static final String ID = AnomaliesTable.SERIES_ID;
  private static final StructType BINS =
      StructType.fromDDL("id string, first bigint, newest bigint, narrow double, wide double");

  private SeriesViewStage() {}

  /**
   * The views of some series, in their order.
   *
   * @param rows of {@link ReportRows}
   * @param catalog of them
   * @param ids the series
   */
  public static List<SeriesView> of(Dataset<Row> rows, SeriesCatalog catalog, List<String> ids) {
    Map<String, SeriesCatalog.Entry> entries = new LinkedHashMap<>();
    ids.forEach(id -> entries.put(id, null));
    catalog.series().stream()
        .filter(entry -> entries.containsKey(entry.id()))
        .forEach(entry -> entries.put(entry.id(), entry));
    int steps = steps(entries.values());
    Map<String, List<Row>> bySeries = new LinkedHashMap<>();
    ids.forEach(id -> bySeries.put(id, new ArrayList<>()));
    List<Row> bins = entries.values().stream().map(entry -> bins(entry, steps)).toList();
    drawn(rows, rows.sparkSession().createDataFrame(bins, BINS))
        .collectAsList()
        .forEach(row -> bySeries.get(row.<String>getAs(ID)).add(row));
    List<SeriesView> views = new ArrayList<>();
    bySeries.forEach(
        (id, found) -> {
          if (!found.isEmpty()) {
            found.sort(Comparator.comparingLong(step -> step.<Long>getAs(ReportRows.X)));
            views.add(new Drawn(found).view(entries.get(id), newest(entries.get(id), steps)));
          }
        });
    return views;
  }

  private static int steps(Iterable<SeriesCatalog.Entry> entries) {
    int cells = 1;
    for (SeriesCatalog.Entry entry : entries) {
      cells += Math.min(entry.channels(), SeriesView.MAX_CHANNELS);
    }
    return Math.max(MIN_STEPS, Math.min(MAX_STEPS, MAX_CELLS / cells));
  }

  /** The place from which every step is drawn. */
  private static long newest(SeriesCatalog.Entry of, int steps) {
    return Math.max(of.from(), of.to() - (steps / 2 - 1) * of.step());
  }

  private static Row bins(SeriesCatalog.Entry of, int steps) {
    long newest = newest(of, steps);
    double narrow = STEPS_A_BIN * of.step();
    double wide = Math.max(narrow, (newest - of.from()) / (steps - steps / 2.0));
    return RowFactory.create(of.id(), of.from(), newest, narrow, wide);
  }

  /** At most one step a bin, in no order: Spark would sample the rows to sort them, a job more. */
  private static Dataset<Row> drawn(Dataset<Row> rows, Dataset<Row> bins) {
    Column cell =
        struct(
            col(AnomaliesTable.CHANNEL),
            col(AnomaliesTable.VALUE),
            col(AnomaliesTable.EXPECTED),
            col(AnomaliesTable.LOWER),
            col(AnomaliesTable.UPPER),
            col(AnomaliesTable.ANOMALY_SCORE),
            col(AnomaliesTable.CONTRIBUTION),
            col(AnomaliesTable.THRESHOLD),
            col(ReportRows.X));
    Column bin =
        expr("if(x < newest, floor((x - first) / wide), -1 - floor((x - newest) / narrow))");
    Column score = coalesce(col(AnomaliesTable.ANOMALY_SCORE), lit(0));
    return rows.join(broadcast(bins), col(ID).equalTo(col("id")))
        .groupBy(col(ID), bin.as("bin"))
        .agg(
            max_by(col(ReportRows.X), struct(score, col(ReportRows.X))).as(ReportRows.X),
            collect_list(cell).as("found"))
        .select(col(ID), col(ReportRows.X), expr("filter(found, one -> one.x = x)").as("cells"));
  }

  /** The steps of one series that are drawn. */
  private record Drawn(List<Row> steps) {

    SeriesView view(SeriesCatalog.Entry of, long newest) {
      List<String> names = channels();
      int drawn = Math.min(names.size(), SeriesView.MAX_CHANNELS);
      return new SeriesView(
          of.id(),
          (of.to() - of.from()) / of.step() + 1,
          steps.get(0).<Long>getAs(ReportRows.X),
          deltas(),
          newest,
          Packed.of(steps.stream().mapToDouble(Drawn::threshold).toArray()),
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
            steps.get(step).<Long>getAs(ReportRows.X)
                - steps.get(step - 1).<Long>getAs(ReportRows.X);
        int last = pairs.size() - 2;
        if (last >= 0 && pairs.get(last) == delta) {
          pairs.set(last + 1, pairs.get(last + 1) + 1);
        } else {
          pairs.addAll(List.of(delta, 1L));
        }
      }
      return pairs;
    }

    private static double threshold(Row step) {
      Row cell = step.<Row>getList(step.fieldIndex("cells")).get(0);
      return cell.isNullAt(7) ? Double.NaN : Rounded.digits(cell.getDouble(7));
    }

    private static double digits(double score) {
      return Double.isNaN(score) ? Double.NaN : Rounded.digits(score);
    }
  }
}
