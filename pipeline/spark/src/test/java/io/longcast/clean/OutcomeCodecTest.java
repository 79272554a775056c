package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeCodecTest {
  private static final RejectedRow ROW =
      new RejectedRow("read", null, "größe", SeriesBuffer.NO_TIME, "text in \"value\"", "{…}");

  private final OutcomeCodec codec = new OutcomeCodec();

  @Test
  void givesBackTheAccountAndTheSegmentApart() {
    GridAxis axis =
        new GridAxis(
            Instant.parse("2024-03-31T00:00:00Z"),
            new Frequency(15, Frequency.Unit.MINUTE),
            ZoneOffset.UTC);
    Segment segment = Segment.of("größe", axis, 1, 2.5f, -3);
    SeriesStatus status = new SeriesStatus("constant", true, null);
    SeriesOutcome outcome =
        new SeriesOutcome("größe", segment, 3, status, 5, 4, List.of(ROW), 3, 17, 19);
    byte[] bytes = codec.bytes(outcome);

    assertThat(OutcomeCodec.hasSegment(bytes)).isTrue();
    assertThat(OutcomeCodec.account(bytes))
        .isEqualTo(new SeriesOutcome("größe", null, 3, status, 5, 4, List.of(ROW), 3, 17, 19));
    Segment back = codec.segment(bytes);
    assertThat(back).hasToString(segment.toString());
    assertThat(back.row(0).toFloats()).containsExactly(1, 2.5f, -3);
    assertThat(back.axis()).isEqualTo(axis);
  }

  @Test
  void keepsRowsThatNameNoSeries() {
    SeriesOutcome outcome = SeriesOutcome.unnamed(List.of(ROW, ROW), 2);
    byte[] bytes = codec.bytes(outcome);
    assertThat(OutcomeCodec.hasSegment(bytes)).isFalse();
    assertThat(OutcomeCodec.account(bytes)).isEqualTo(outcome);
    assertThat(OutcomeCodec.account(bytes).account()).isEqualTo(new RowCounts(2, 0, 2, 0, 0, 0));
  }
}
