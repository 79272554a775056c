package io.longcast.anomaly;

import io.longcast.clean.SegmentJoin;
import io.longcast.table.RejectsTable;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows that came too late to be scored, and series that could not be joined, as rejects. */
final class LateRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final List<String> channels;

  LateRows(String source, List<String> channels) {
    this.source = source;
    this.channels = List.copyOf(channels);
  }

  Iterator<Row> of(ResumedSeries series) {
    List<Row> rows = new ArrayList<>();
    SegmentJoin.Joined joined = series.joined();
    String id = joined.segment().seriesId();
    for (SegmentJoin.LateStep step : joined.late()) {
      rows.add(row(id, step.at(), "late: its successors were scored before", record(step)));
    }
    Instant known = joined.segment().axis().instant(joined.segment().length() - 1L).orElse(null);
    if (joined.kind() == SegmentJoin.Kind.OFF_GRID) {
      rows.add(row(id, known, "new steps lie on another grid than this one (clean.anchor)", null));
    } else if (joined.kind() == SegmentJoin.Kind.TOO_FAR) {
      String reason =
          "new steps begin %d steps after this one (clean.maxSteps)".formatted(joined.gap());
      rows.add(row(id, known, reason, null));
    }
    return rows.iterator();
  }

  private Row row(String id, Instant at, String reason, String record) {
    Timestamp time = at == null ? null : Timestamp.from(at);
    return RowFactory.create(source, RejectsTable.DETECT, null, id, time, reason, record);
  }

  private String record(SegmentJoin.LateStep step) {
    return IntStream.range(0, channels.size())
        .filter(c -> step.values().get(c) != null)
        .mapToObj(c -> channels.get(c) + " = " + step.values().get(c))
        .collect(Collectors.joining(", "));
  }
}
