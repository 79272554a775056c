package io.longcast.drift;

import java.io.Serializable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Counts of drifted series, mergeable in any order, and what they amount to. */
public final class DriftReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DriftStage.Plan plan;
  private final ChannelCounts[] channels;
  private long series;
  private long fresh;
  private long vanished;
  private long unknownCategories;

  DriftReport(DriftStage.Plan plan) {
    this.plan = plan;
    channels = new ChannelCounts[plan.channels().size()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new ChannelCounts();
    }
  }

  /** Of the series of one channel. */
  private static final class ChannelCounts implements Serializable {
    private static final long serialVersionUID = 1L;
    private long judged;
    private long drifted;
    private long shifted;
    private long missing;
    private long unseasonal;
    private double shift;

    void add(SeriesDrift series, DriftSpec spec) {
      if (!series.isJudged(spec)) {
        return;
      }
      judged++;
      drifted += series.isDrift(spec) ? 1 : 0;
      missing += series.isMissing(spec) ? 1 : 0;
      unseasonal += series.hasLostSeason(spec) ? 1 : 0;
      if (series.hasShifted(spec)) {
        shifted++;
        shift += series.recent().shift();
      }
    }

    void merge(ChannelCounts other) {
      judged += other.judged;
      drifted += other.drifted;
      shifted += other.shifted;
      missing += other.missing;
      unseasonal += other.unseasonal;
      shift += other.shift;
    }

    double share() {
      return judged == 0 ? 0 : drifted / (double) judged;
    }
  }

  DriftReport add(SeriesDrift one) {
    channels[one.channel()].add(one, plan.spec());
    if (one.channel() == 0) {
      series++;
      fresh += one.isNew() ? 1 : 0;
      vanished += one.isVanished() ? 1 : 0;
      unknownCategories += one.isUnknownCategory() ? 1 : 0;
    }
    return this;
  }

  DriftReport merge(DriftReport other) {
    for (int c = 0; c < channels.length; c++) {
      channels[c].merge(other.channels[c]);
    }
    series += other.series;
    fresh += other.fresh;
    vanished += other.vanished;
    unknownCategories += other.unknownCategories;
    return this;
  }

  /** Whether the share of drifted series of some channel, or of vanished series, is too high. */
  public boolean isDrift() {
    return !problems().isEmpty();
  }

  /** What makes the fleet drift, in words; empty: nothing does. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (int c = 0; c < channels.length; c++) {
      if (channels[c].share() > plan.spec().maxShare()) {
        problems.add(words(plan.channels().get(c), channels[c]));
      }
    }
    if (series > 0 && vanished / (double) series > plan.spec().maxShare()) {
      problems.add("%,d of %,d series have no recent rows".formatted(vanished, series));
    }
    return problems;
  }

  private static String words(String channel, ChannelCounts counts) {
    List<String> kinds = new ArrayList<>();
    if (counts.shifted > 0) {
      kinds.add(
          String.format(
              Locale.ROOT,
              "%,d in their values (medians by %+.1f interquartile ranges on average)",
              counts.shifted,
              counts.shift / counts.shifted));
    }
    if (counts.missing > 0) {
      kinds.add("%,d in missing values".formatted(counts.missing));
    }
    if (counts.unseasonal > 0) {
      kinds.add("%,d in their seasonal pattern".formatted(counts.unseasonal));
    }
    return "%s: %,d of %,d series have drifted%s"
        .formatted(
            channel,
            counts.drifted,
            counts.judged,
            kinds.isEmpty() ? "" : ", " + String.join(", ", kinds));
  }

  /** The verdict and what it rests on. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(isDrift() ? "drift: " + String.join("; ", problems()) : "no drift of the fleet");
    for (int c = 0; c < channels.length; c++) {
      if (channels[c].share() <= plan.spec().maxShare()) {
        lines.add(words(plan.channels().get(c), channels[c]));
      }
    }
    add(lines, fresh, "%,d series are new since the training");
    add(lines, vanished, "%,d series of the training have no recent rows");
    add(lines, unknownCategories, "%,d series have a category that training did not see");
    return lines;
  }

  private static void add(List<String> lines, long count, String words) {
    if (count > 0) {
      lines.add(words.formatted(count));
    }
  }

  /** Rows of the fleet and its channels in {@link io.longcast.table.DriftTable}. */
  List<Row> rows(Timestamp at) {
    List<Row> rows = new ArrayList<>();
    double limit = plan.spec().maxShare();
    for (int c = 0; c < channels.length; c++) {
      ChannelCounts of = channels[c];
      String name = plan.channels().get(c);
      boolean drifts = of.share() > limit;
      rows.add(row(at, name, "drifted", of.share(), Optional.of(limit), drifts, of.judged));
      rows.add(row(at, name, "shifted", share(of.shifted, of.judged), of.judged));
      rows.add(row(at, name, "missing", share(of.missing, of.judged), of.judged));
      rows.add(row(at, name, "season", share(of.unseasonal, of.judged), of.judged));
    }
    boolean gone = share(vanished, series) > limit;
    rows.add(row(at, null, "vanished", share(vanished, series), Optional.of(limit), gone, series));
    rows.add(row(at, null, "new", share(fresh, series), series));
    rows.add(row(at, null, "new-category", share(unknownCategories, series), series));
    return rows;
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : part / (double) all;
  }

  private Row row(Timestamp at, String channel, String metric, double value, long count) {
    return row(at, channel, metric, value, Optional.empty(), false, count);
  }

  private Row row(
      Timestamp at,
      String channel,
      String metric,
      double value,
      Optional<Double> limit,
      boolean drifts,
      long count) {
    return RowFactory.create(
        plan.modelId(),
        at,
        channel == null ? "fleet" : "channel",
        null,
        channel,
        metric,
        value,
        limit.orElse(null),
        drifts,
        count);
  }
}
