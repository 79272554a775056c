package io.longcast.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
  @Test
  void alignsNumbersToTheRight() {
    String table =
        new TerminalTable(List.of("model", "mase", "windows"))
            .row("network", List.of(0.51234, 12_000L))
            .row("naive", List.of(Double.NaN, 7L))
            .toString();
    assertThat(table.lines())
        .containsExactly(
            "model      mase  windows", "network  0.5123   12,000", "naive         -        7");
  }
}
