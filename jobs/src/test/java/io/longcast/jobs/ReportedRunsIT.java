package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trains and serves on inputs that people really had. A class of its own, so that it runs beside
 * {@link ReportedCasesIT}.
 */
class ReportedRunsIT {
  @TempDir static Path output;
  private static ReportedCases cases;

  @BeforeAll
  static void open() {
    cases = ReportedCases.open(output);
  }

  @AfterAll
  static void close() {
    if (cases != null) {
      cases.close();
    }
  }

  /** Sessions that stand around New Year, in rotated files and in the repeated hour are normal. */
  @ParameterizedTest
  @CsvSource({"81/b.conf, 81/d.conf", "82/b.conf, 82/d.conf", "83/b.conf, 83/d.conf"})
  void findsNoAbnormalSessionInAnOrdinaryLog(String training, String judged) {
    assertThat(cases.abnormalSessions(training, judged)).isZero();
  }

  /** What a forecast of each series is worth is in its status. */
  @ParameterizedTest
  @CsvSource({
    "26/run.conf, 26/run.conf, live, ok, dead, stale",
    "60/run.conf, 60/fc.conf, s0, ok, s2, missing-known-covariate"
  })
  void saysWhichForecastsAreNotToBeTrusted(
      String training, String serving, String good, String ok, String bad, String status) {
    List<Row> rows = cases.forecasts(training, serving);
    assertThat(statuses(rows, good)).containsExactly(ok);
    assertThat(statuses(rows, bad)).contains(status);
  }

  /** A meter at 1.2e9 is forecast with its digits; as 32-bit floats all values were one. */
  @Test
  void forecastsAMeterWithItsDigits() {
    List<Double> forecasts =
        cases.forecasts("02/run.conf", "02/run.conf").stream()
            .map(row -> row.<Double>getAs("forecast"))
            .toList();
    assertThat(forecasts)
        .hasSize(12)
        .allSatisfy(value -> assertThat(value).isBetween(1.2e9 - 50, 1.2e9 + 50));
    assertThat(Set.copyOf(forecasts)).hasSizeGreaterThan(6);
    assertThat(forecasts).anySatisfy(value -> assertThat(value % 1).isNotZero());
  }

  private static Set<String> statuses(List<Row> rows, String id) {
    return rows.stream()
        .filter(row -> row.<String>getAs("series_id").equals(id))
        .map(row -> row.<String>getAs("status"))
        .collect(Collectors.toSet());
  }
}
