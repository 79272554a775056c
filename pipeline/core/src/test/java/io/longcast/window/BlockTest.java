package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class BlockTest {

  private static byte[] written(Block block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block);
    }
    return bytes.toByteArray();
  }

  private static Block read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Block) in.readObject();
    }
  }

  @Test
  void comesBackAsItWas() throws Exception {
    List<Segment> segments = new ArrayList<>(SampleSeries.fleet(9, 2, 5));
    float[][] ragged = {{1, 2, 3}, {4, 5, 6, 7, 8}};
    RowAxis rows = new RowAxis(7, new long[] {5, RowAxis.ABSENT, 6});
    segments.add(
        new Segment(
            "Zähler/1",
            4,
            9,
            rows,
            3,
            SeriesValues.rows(ragged),
            new long[][] {{5}, null},
            new int[] {2, 0},
            1,
            3,
            .5f));
    segments.add(Segment.of("untimed", new RowAxis(3, null), 1, 2));
    Block back = read(written(new Block(segments)));
    assertThat(back.bytes()).isEqualTo(new Block(segments).bytes());
    assertThat(back.segments())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(segments);
  }

  @Test
  void addsLittleToItsValues() throws Exception {
    Block block = new Block(SampleSeries.fleet(50, 2, 5));
    assertThat(written(block).length).isLessThan((int) (1.1 * block.bytes()));
  }
}
