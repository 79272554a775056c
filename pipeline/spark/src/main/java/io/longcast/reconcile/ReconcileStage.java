package io.longcast.reconcile;

import io.longcast.clean.CategoryCodes;
import io.longcast.forecast.ForecastCounts;
import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.ForecastSpec.Reconcile;
import io.longcast.forecast.ForecastSpec.Reconciliation;
import io.longcast.forecast.ForecastStage;
import io.longcast.forecast.PointRevision;
import io.longcast.hierarchy.Proportion;
import io.longcast.reconcile.GroupStage.GroupForecast;
import io.longcast.reconcile.GroupStage.Size;
import io.longcast.reconcile.MinTraceRevision.Solution;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.settings.SettingException;
import io.longcast.table.ForecastStatus;
import io.longcast.table.ForecastsTable;
import io.longcast.table.PartitionPeriod;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forecasts series and groups of them so that they add up. Two jobs for bottom-up, four for the
 * others, each of which prepares the series anew unless they are kept; one shuffle, of partial
 * sums. The series are forecast once for the sums and once for the rows, and where their forecasts
 * are moved once more before; trace minimization also forecasts them from past origins in each of
 * these passes.
 */
public final class ReconcileStage {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileStage.class);

  /** Groups whose points the driver holds. */
  private static final int MAX_GROUPS = 10_000;

  /** Groups whose equations the driver solves. */
  private static final int MAX_EQUATIONS = 2_000;

  /** Past errors of a series, of which all pairs are added up. */
  private static final int MAX_ERRORS = 2_000;

  private final SparkSession spark;
  private final Data data;
  private final ForecastPlan plan;
  private final Reconcile how;
  private final int horizon;
  private final int origins;
  private final Hierarchy hierarchy;
  private final Members members;
  private final JavaRDD<Segment> aligned;

  /**
   * What is forecast.
   *
   * @param segments whole series on a grid
   * @param codes of their static columns
   * @param frequency of the grid
   * @param zone in which its days begin
   * @param newest the newest step of all series
   */
  public record Data(
      JavaRDD<Segment> segments,
      CategoryCodes codes,
      Frequency frequency,
      ZoneId zone,
      Instant newest) {}

  private ReconcileStage(SparkSession spark, Data data, ForecastPlan plan) {
    this.spark = spark;
    this.data = data;
    this.plan = plan;
    how = plan.spec().reconcile();
    horizon = plan.cutter().window().horizon();
    origins = how.pastOrigins();
    hierarchy = Hierarchy.of(how.levels(), plan.layout(), data.codes());
    Members all = Members.of(data.newest(), plan);
    members = all;
    aligned = data.segments().map(all::aligned);
  }

  /**
   * One row for each series or group, channel and step, in the shape of {@link ForecastsTable}; a
   * group is named {@code group:region=north}. Runs jobs to add up; the rows are made when used.
   *
   * @param counts counts what is forecast, without groups
   * @throws SettingException if a column is no static one, or there are too many groups
   */
  public static Dataset<Row> forecast(
      SparkSession spark, Data data, ForecastPlan plan, ForecastCounts counts) {
    return new ReconcileStage(spark, data, plan).forecast(counts);
  }

  private void requireFewErrors() {
    if ((long) origins * horizon > MAX_ERRORS) {
      throw new SettingException(
          List.of("forecast.reconcile.origins", "window.horizon"),
          "mint looks at no more than %,d past errors of a series (origins x horizon), found %,d"
              .formatted(MAX_ERRORS, (long) origins * horizon));
    }
  }

  private Dataset<Row> forecast(ForecastCounts counts) {
    requireFewErrors();
    int steps = plan.cutter().window().contextLength() + origins * horizon;
    JavaPairRDD<String, GroupHistory> histories =
        GroupStage.histories(
            aligned, hierarchy, members, new GroupHistory.Shape(plan.layout(), steps, horizon));
    int most = how.method() == Reconciliation.MINT ? MAX_EQUATIONS : MAX_GROUPS;
    Map<String, Size> sizes = GroupStage.sizes(histories, most);
    requireBound(sizes, most);
    JavaRDD<Segment> groups = segments(histories);
    PointRevision.Factory moved = revision(groups);
    List<GroupSums> sums = SumStage.collect(aligned, work(moved, 0, true));
    LOG.info("reconciled {} groups ({})", sizes.size(), how.method());
    ForecastCounts ofGroups = ForecastCounts.ofGroups(spark);
    return ForecastStage.forecast(spark, aligned, plan, moved, counts)
        .unionByName(
            ForecastStage.forecast(spark, groups, plan, groupRevision(sums, sizes), ofGroups))
        .unionByName(withoutMembers(sizes));
  }

  private void requireBound(Map<String, Size> sizes, int most) {
    if (sizes.size() > most) {
      throw new SettingException(
          List.of("forecast.reconcile.levels", "forecast.reconcile.method"),
          "%s reconciles at most %,d groups, found more: take out a level%s"
              .formatted(
                  how.method().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  most,
                  most == MAX_GROUPS ? "" : ", or set bottom-up or top-down"));
    }
    sizes.values().stream()
        .map(Size::reserved)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            id -> {
              throw new SettingException(
                  List.of("source.series", "forecast.reconcile.method"),
                  "a series must not be named like a group, found " + id);
            });
  }

  private JavaRDD<Segment> segments(JavaPairRDD<String, GroupHistory> histories) {
    Instant newest = data.newest();
    Frequency frequency = data.frequency();
    ZoneId zone = data.zone();
    return histories
        .filter(one -> one._2().members() > 0)
        .map(one -> one._2().segment(one._1(), newest, frequency, zone));
  }

  private SumStage.Work work(PointRevision.Factory revision, int past, boolean published) {
    return new SumStage.Work(hierarchy, members, plan, revision, past, published);
  }

  /** How the forecasts of series move. */
  private PointRevision.Factory revision(JavaRDD<Segment> groups) {
    if (how.method() == Reconciliation.BOTTOM_UP) {
      return PointRevision.NONE;
    }
    List<GroupSums> sums = SumStage.collect(aligned, work(PointRevision.NONE, origins, false));
    List<Map<String, GroupForecast>> base = GroupStage.forecasts(groups, plan, origins);
    List<Solver> solvers = new ArrayList<>();
    for (int channel = 0; channel < sums.size(); channel++) {
      solvers.add(new Solver(base.get(channel), sums.get(channel), horizon));
    }
    if (how.method() == Reconciliation.TOP_DOWN) {
      List<Map<String, Proportion[]>> shares =
          solvers.stream().map(solver -> solver.shares(hierarchy)).toList();
      return new ShareRevision(hierarchy, members, shares);
    }
    List<Solution> solutions =
        solvers.stream().map(solver -> solver.minTrace(origins * horizon)).toList();
    LOG.info("trace minimization: shares of the diagonal {}", shares(solutions));
    return new MinTraceRevision.Plan(hierarchy, members, plan, origins, solutions);
  }

  private static List<Double> shares(List<Solution> solutions) {
    return solutions.stream().map(Solution::share).toList();
  }

  private GroupRevision groupRevision(List<GroupSums> sums, Map<String, Size> sizes) {
    List<Map<String, double[]>> points = new ArrayList<>();
    List<Map<String, String>> missing = new ArrayList<>();
    for (GroupSums channel : sums) {
      points.add(channel.allPoints());
      Map<String, String> said = new TreeMap<>();
      sizes.forEach(
          (id, size) -> {
            if (channel.series(id) < size.series()) {
              said.put(id, missing(size.series() - channel.series(id), size.series()));
            }
          });
      missing.add(said);
    }
    return new GroupRevision(points, missing);
  }

  private String missing(int missing, int series) {
    return "%,d of %,d series have no forecast from this origin (see their status) and are not in the sum"
        .formatted(missing, series);
  }

  /** A row with a status for each group none of whose series is a member. */
  private Dataset<Row> withoutMembers(Map<String, Size> sizes) {
    Instant origin = data.frequency().plus(data.newest().atZone(data.zone()), 1).toInstant();
    List<Row> rows = new ArrayList<>();
    for (Size size : sizes.values()) {
      if (size.members() == 0) {
        rows.add(row(size, Timestamp.from(origin)));
      }
    }
    return spark.createDataFrame(rows, ForecastsTable.SCHEMA);
  }

  private Row row(Size size, Timestamp origin) {
    Object[] columns = new Object[ForecastsTable.SCHEMA.length()];
    set(columns, ForecastsTable.SERIES_ID, size.id());
    set(columns, ForecastsTable.ORIGIN, origin);
    set(columns, ForecastsTable.STATUS, ForecastStatus.LEFT_OUT.word());
    set(columns, ForecastsTable.REASON, missing(size.series(), size.series()));
    set(columns, ForecastsTable.MODEL_ID, plan.modelId());
    set(columns, ForecastsTable.ORIGIN_DATE, PartitionPeriod.of(data.frequency()).of(origin));
    return RowFactory.create(columns);
  }

  private static void set(Object[] columns, String name, Object value) {
    columns[ForecastsTable.SCHEMA.fieldIndex(name)] = value;
  }
}
