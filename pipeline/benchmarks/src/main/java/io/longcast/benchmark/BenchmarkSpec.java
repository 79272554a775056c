package io.longcast.benchmark;

import io.longcast.anomaly.residual.StreamForecasterSpec;
import io.longcast.anomaly.score.DetectorSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One benchmark: exactly one protocol with what is specific to a collection, and the published
 * figures to print for comparison. A file {@code conf/benchmarks/<name>.conf} holds one.
 *
 * @param name shown in the report
 * @param folder of the collection below the folder of public data
 * @param wideCsv many series, one a row, with a file of test values (M4)
 * @param splitCsv one multivariate table cut by rows (ETT)
 * @param prices daily prices, a file a ticker
 * @param forecastCollections many collections, forecast without training and by baselines
 * @param nab the Numenta benchmark's rules on a folder of files
 * @param telemetry a train and a test file a channel, labelled sequences (MSL, SMAP)
 * @param pointwise labelled rows in multivariate files (SKAB)
 * @param sessions labelled sessions of log keys (HDFS)
 * @param grouping log lines with their groups (loghub)
 * @param detectionCollections several labelled collections, scored by the default detector
 * @param detector the streaming detector under test, for detection benchmarks
 * @param variants of the run that is evaluated, to measure the contribution of each part; for
 *     forecasts
 * @param forecaster feeds the detector's residual parts, if it has any
 * @param crossValidation how the nested cross-validated estimate of the whole choice is made, if it
 *     is
 * @param thresholdedBy where the detector's threshold comes from; frozen if absent
 * @param published figures by the name of their method
 * @param fixedOn the data that thresholds and settings were chosen on, as text
 */
public record BenchmarkSpec(
    String name,
    String folder,
    Optional<WideCsvSpec> wideCsv,
    Optional<SplitCsvSpec> splitCsv,
    Optional<PricesSpec> prices,
    Optional<ForecastCollectionsSpec> forecastCollections,
    Optional<NabSpec> nab,
    Optional<TelemetrySpec> telemetry,
    Optional<PointwiseSpec> pointwise,
    Optional<SessionsSpec> sessions,
    Optional<GroupingSpec> grouping,
    Optional<DetectionCollectionsSpec> detectionCollections,
    Optional<DetectorSpec> detector,
    Optional<List<Variant>> variants,
    Optional<StreamForecasterSpec> forecaster,
    Optional<CrossValidationSpec> crossValidation,
    Optional<ThresholdedBy> thresholdedBy,
    List<Published> published,
    String fixedOn) {

  /** Where the threshold of a detector comes from. */
  public enum ThresholdedBy {
    /** The file: fixed beforehand. */
    FROZEN,
    /** The labels, by cross-validation over series; the thresholds chosen are reported. */
    LABELS
  }

  public BenchmarkSpec {
    published = List.copyOf(published);
    long protocols =
        Stream.of(
                wideCsv,
                splitCsv,
                prices,
                forecastCollections,
                nab,
                telemetry,
                pointwise,
                sessions,
                grouping,
                detectionCollections)
            .filter(Optional::isPresent)
            .count();
    if (protocols != 1) {
      throw new IllegalArgumentException(
          "exactly one of wideCsv, splitCsv, prices, forecastCollections, nab, telemetry, pointwise,"
              + " sessions, grouping, detectionCollections must be given, found "
              + protocols);
    }
  }

  /** Whether it evaluates forecasts. */
  public boolean isForecast() {
    return wideCsv.isPresent() || splitCsv.isPresent() || prices.isPresent();
  }

  /**
   * A variant of the run that is evaluated.
   *
   * @param name of its row
   * @param settings words KEY=VALUE over the run's own
   */
  public record Variant(String name, List<String> settings) {
    public Variant {
      settings = List.copyOf(settings);
    }
  }

  /**
   * Published figures of one method.
   *
   * @param method its name
   * @param metrics numbers by metric name
   */
  public record Published(String method, Map<String, String> metrics) {
    public Published {
      Objects.requireNonNull(method, "method");
      metrics = Map.copyOf(metrics);
      metrics.forEach(Published::requireNumber);
    }

    private static void requireNumber(String metric, String value) {
      try {
        Double.parseDouble(value);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            "a published figure must be a number, found " + metric + " = " + value, notANumber);
      }
    }
  }
}
