package io.longcast.read.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSignatureTest {
  @ParameterizedTest
  @CsvSource({
    "FD377A585A0000, xz",
    "377ABCAF271C00, 7-Zip",
    "28B52FFD0458, Zstandard",
    "04224D186440, LZ4",
    "504B03041400, ZIP archive"
  })
  void namesArchivesAndWhatToDo(String bytes, String named) {
    byte[] head = java.util.HexFormat.of().parseHex(bytes);
    assertThat(FileSignature.problem(head, head.length))
        .hasValueSatisfying(why -> assertThat(why).contains(named).containsAnyOf("by gzip", "CSV"));
  }

  @Test
  void takesTextForText() {
    byte[] head = "series_id,timestamp,value\n".getBytes(StandardCharsets.UTF_8);
    assertThat(FileSignature.problem(head, head.length)).isEmpty();
  }
}
