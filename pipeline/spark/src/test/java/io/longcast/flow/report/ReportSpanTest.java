package io.longcast.flow.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.report.page.ReportSpec;
import io.longcast.series.Frequency;
import io.longcast.testing.SharedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ReportSpanTest {
  private static final Optional<Frequency> HOURS = Optional.of(Frequency.parse("1h"));

  private static ReportSpec report(Optional<Duration> lookback) {
    return new ReportSpec(true, 40, lookback);
  }

  @Test
  void oneWrongClockMovesNothingAndSeriesThatEndedAreCounted() {
    Dataset<Row> statuses =
        SharedSession.get()
            .sql(
                "select true kept, timestamp(end) end from values '2024-03-01', '2024-03-01',"
                    + " '2024-03-02', '2099-01-01', '2019-01-01' as t(end)");
    ReportSpan span = ReportSpan.of(report(Optional.of(Duration.ofDays(30))), HOURS, statuses);
    assertThat(span.from()).contains(Instant.parse("2024-01-31T00:00:00Z"));
    assertThat(span.before()).isEqualTo(1);
    assertThat(ReportSpan.of(report(Optional.of(Duration.ZERO)), HOURS, statuses).from()).isEmpty();
    assertThat(ReportSpan.of(report(Optional.empty()), Optional.empty(), statuses).from())
        .isEmpty();
    assertThat(ReportSpan.of(report(Optional.empty()), HOURS, statuses.limit(0)).from()).isEmpty();
  }
}
