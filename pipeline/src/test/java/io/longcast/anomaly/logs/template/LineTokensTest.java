package io.longcast.anomaly.logs.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTokensTest {
  private final LineTokens tokens = new LineTokens(DefaultMasks.ALL);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PacketResponder 1 for block blk_-38865 terminating|PacketResponder <*> for block <*> terminating",
        "Received block blk_35 of size 67108864 from /10.251.42.84|Received block <*> of size <*> from <*>",
        "setDiffTotalSteps=0|setDiffTotalSteps=<*>",
        "generating core.1024|generating core.<*>",
        "10.11.10.1 \"GET /v2/54fa/detail HTTP/1.1\" status: 200|<*> \"GET <*> HTTP/<*>\" status: <*>",
        "connection from 24.54.76.216 (24-54-76-216.bflony.adelphia.net) at Fri Jun 17 07:07:00 2005|connection from <*> at <*>",
        "rhost=csnsu.nsuok.edu  user=root|rhost=<*> user=root",
        "took 12.5 ms, offset -3|took <*>, offset <*>",
        "check pass; user unknown|check pass; user unknown"
      })
  void keepsTheWordsAndMasksTheValues(String line, String masked) {
    assertThat(tokens.masked(line)).isEqualTo(masked);
  }

  @Test
  void aBlankLineHasNoTokens() {
    assertThat(tokens.masked("  ")).isEmpty();
  }
}
