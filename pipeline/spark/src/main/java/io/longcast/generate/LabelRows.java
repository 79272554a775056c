package io.longcast.generate;

import java.util.Iterator;
import java.util.Objects;
import java.util.stream.LongStream;

/** The labelled intervals of one series, from its plan alone. */
final class LabelRows {
  private LabelRows() {}

  static Iterator<Object[]> of(GenerateSpec spec, long number) {
    EpisodePlan plan = spec.plan(number);
    return LongStream.range(0, plan.stretches(spec.steps()))
        .mapToObj(plan::inStretch)
        .filter(Objects::nonNull)
        .filter(episode -> episode.start() < spec.steps())
        .map(episode -> row(spec, number, episode))
        .iterator();
  }

  private static Object[] row(GenerateSpec spec, long number, Episode episode) {
    int channel = episode.channel();
    return new Object[] {
      spec.seriesId(number),
      channel < 0 ? null : spec.kind().layout().channels().get(channel),
      GeneratedRows.timestamp(spec.micros(episode.start())),
      GeneratedRows.timestamp(spec.micros(Math.min(episode.end(), spec.steps()))),
      episode.kind()
    };
  }
}
