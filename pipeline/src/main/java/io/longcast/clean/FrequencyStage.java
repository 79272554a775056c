package io.longcast.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.xxhash64;

import io.longcast.series.Frequency;
import io.longcast.table.ObservationsTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Infers the one frequency of a table: the most common guess among a sample of its series, chosen
 * by the hash of their names. Two light scans and two small shuffles.
 */
final class FrequencyStage {
  private static final Logger LOG = LoggerFactory.getLogger(FrequencyStage.class);
  private static final int SAMPLED_SERIES = 64;
  private static final int LEAST_ROWS = 3;

  private FrequencyStage() {}

  static Frequency infer(Dataset<Row> observations, String source) {
    Dataset<Row> times =
        observations.select(
            col(ObservationsTable.SERIES_ID),
            expr("unix_micros(" + ObservationsTable.TIMESTAMP + ")").as(CleanStage.MICROS));
    Map<String, Long> votes = votes(times, sample(times));
    Frequency best =
        votes.entrySet().stream()
            .max(Map.Entry.<String, Long>comparingByValue().thenComparing(smallest()))
            .map(vote -> Frequency.parse(vote.getKey()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "cannot infer the frequency of "
                            + source
                            + ": no series has three different times; declare it (key"
                            + " clean.frequency)"));
    LOG.info("inferred frequency {} from {} series, votes {}", best, sum(votes), votes);
    return best;
  }

  private static Comparator<Map.Entry<String, Long>> smallest() {
    return Comparator.comparingDouble(vote -> -Frequency.parse(vote.getKey()).meanSeconds());
  }

  private static long sum(Map<String, Long> votes) {
    return votes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<String> sample(Dataset<Row> times) {
    return times
        .groupBy(ObservationsTable.SERIES_ID)
        .agg(count(col(CleanStage.MICROS)).as("rows"))
        .where(col("rows").geq(LEAST_ROWS))
        .orderBy(xxhash64(col(ObservationsTable.SERIES_ID)), col(ObservationsTable.SERIES_ID))
        .limit(SAMPLED_SERIES)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Map<String, Long> votes(Dataset<Row> times, List<String> sample) {
    return times
        .where(col(ObservationsTable.SERIES_ID).isin(sample.toArray()))
        .groupBy(ObservationsTable.SERIES_ID)
        .agg(org.apache.spark.sql.functions.sort_array(collect_set(col(CleanStage.MICROS))))
        .javaRDD()
        .map(row -> guess(row.getList(1)))
        .filter(Optional::isPresent)
        .map(guess -> guess.get())
        .countByValue()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<String> guess(List<Long> micros) {
    return FrequencyGuess.of(micros.stream().mapToLong(Long::longValue).toArray())
        .map(Frequency::toString);
  }
}
