package io.longcast.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirtyRowsTest {
  private static List<Object[]> rows(double dirty) {
    List<Object[]> rows = new ArrayList<>();
    new DirtyRows(GeneratorSpecs.of(SampleKind.SENSORS, 1, 5000, 0, dirty), 0)
        .forEachRemaining(rows::add);
    return rows;
  }

  @Test
  void withoutDirtItIsTheCleanTableAsText() {
    List<Object[]> rows = rows(0);
    assertThat(rows).hasSize(5000);
    assertThat(rows.get(1)[1]).isEqualTo("2024-01-01T00:10:00Z");
    assertThat(Double.parseDouble((String) rows.get(1)[2])).isFinite();
  }

  @Test
  void everyCleanRowIsThereAndTheDamageHasItsShare() {
    List<Object[]> dirty = rows(0.2);
    int noStamp = 0;
    int badStamp = 0;
    int text = 0;
    int late = 0;
    int twice = 0;
    Set<String> seen = new HashSet<>();
    String newest = "";
    for (Object[] row : dirty) {
      String stamp = (String) row[1];
      if (stamp == null) {
        noStamp++;
      } else if (!stamp.startsWith("2024-")) {
        badStamp++;
      } else {
        twice += seen.add(stamp) ? 0 : 1;
        late += stamp.compareTo(newest) < 0 ? 1 : 0;
        newest = stamp.compareTo(newest) > 0 ? stamp : newest;
        text +=
            java.util.stream.IntStream.range(2, 6)
                    .anyMatch(i -> !((String) row[i]).matches("-?[0-9.E-]+"))
                ? 1
                : 0;
      }
    }
    assertThat(dirty).hasSize(5000 + twice);
    assertThat(seen).hasSize(5000 - noStamp - badStamp);
    assertThat(List.of(noStamp, badStamp, late, text))
        .allSatisfy(n -> assertThat(n).isBetween(90, 250));
    assertThat(twice).isBetween(250, 420);
  }
}
