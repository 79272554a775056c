package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.LogLineCounts;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * What reading made of a log, with assertions on it.
 *
 * @param counts counts of the lines
 * @param lines entries and rejects in the order of time, file and place
 */
record LogCase(LogLineCounts counts, List<Row> lines) {

  LogCase inSessions(long used) {
    assertThat(counts.balances()).isTrue();
    assertThat(counts.used()).isEqualTo(used);
    return this;
  }

  LogCase rejected(long rejected) {
    assertThat(counts.rejected()).isEqualTo(rejected);
    return this;
  }

  LogCase from(String time) {
    assertThat(times().get(0)).isEqualTo(Instant.parse(time));
    return this;
  }

  LogCase until(String time) {
    assertThat(times().get(times().size() - 1)).isEqualTo(Instant.parse(time));
    return this;
  }

  List<Instant> times() {
    return lines.stream()
        .map(row -> row.<Timestamp>getAs("timestamp"))
        .filter(Objects::nonNull)
        .map(Timestamp::toInstant)
        .toList();
  }

  LogCase begins(String column, String... texts) {
    List<Object> found = lines.stream().map(row -> row.getAs(column)).toList();
    assertThat(found.subList(0, texts.length)).containsExactly((Object[]) texts);
    return this;
  }

  List<String> sessions() {
    return lines.stream().map(row -> row.<String>getAs("session_id")).toList();
  }
}
