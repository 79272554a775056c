package io.longcast.logs.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTokensTest {
  private final LineTokens tokens = LineTokens.of(List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PacketResponder 1 for block blk_-38865 terminating|PacketResponder <*> for block <*> terminating",
        "Received block blk_35 of size 67108864 from /10.251.42.84|Received block <*> of size <*> from <*>",
        "setDiffTotalSteps=0|setDiffTotalSteps=<*>",
        "generating core.1024|generating <*>",
        "10.11.10.1 \"GET /v2/54fa/detail HTTP/1.1\" status: 200|<*> \"GET <*>\" status: <*>",
        "connection from 24.54.76.216 (24-54-76-216.bflony.adelphia.net) at Fri Jun 17 07:07:00 2005|connection from <*> at <*>",
        "rhost=csnsu.nsuok.edu  user=root|rhost=csnsu.nsuok.edu user=root",
        "took 12.5 ms, offset -3|took <*>, offset <*>",
        "BLOCK* ask 10.1.2.3:5 to delete  blk_1 blk_-2 blk_3|BLOCK* ask <*> to delete <*>",
        "floating point enable.....1|floating point enable.....<*>",
        "403 bytes (1.1 KB) sent, lifetime <1 sec|<*> sent, lifetime <*>",
        "link fe:ed::1 of a/b and CPU: L2 cache|link <*> of a/b and CPU: <*> cache",
        "Rect(0, 0 - 0, 0) of /etc/hosts|Rect(<*>, <*> - <*>) of <*>",
        "opened C:\\Windows\\cbs.log, flags: 0x2|opened C:<*>, flags: <*>",
        "Invalid user anna from 10.0.0.1|Invalid user <*> from <*>",
        "GET /a/b?from=now&to=x HTTP|GET <*> HTTP",
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
