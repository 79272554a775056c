package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  private static final String LINE =
      """
      {"@timestamp": 1704067200.1234567, "Level": "info", "log.level": "debug",
       "log": {"level": "warn", "deep": {"er": 1e3}}, "tags": ["a", "b"], "ids": [7, 300],
       "MESSAGE": [104, 105, 255], "none": null, "ok": true, "exact": 1.10,
       "stream": "{\\"msg\\": \\"inner\\", \\"n\\": {\\"m\\": 2}}", "text": "{not json", "temp": NaN,
       "repeated": ["one", [116, 119, 111]], "objects": [{"a": 1}], "empty": []}
      """
          .replace('\n', ' ');

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "@timestamp|1704067200.1234567",
        "level|info",
        "LEVEL|info",
        "log.level|debug",
        "log.deep.er|1E+3",
        "tags.1|b",
        "tags|a b",
        "ids|7 300",
        "message|hi\uFFFD",
        "none|NULL",
        "absent|NULL",
        "log.absent|NULL",
        "level.absent|NULL",
        "ok|true",
        "exact|1.10",
        "stream.msg|inner",
        "stream.n.m|2",
        "text.x|NULL",
        "text|{not json",
        "temp|NaN",
        "repeated|one two",
        "objects|{\"a\":1}",
        "objects.0.a|1",
        "objects.1.a|NULL",
        "empty|NULL",
        "log.deep|{\"er\":1E+3}"
      })
  void findsTextsByTheirPaths(String path, String text) throws JsonProcessingException {
    assertThat(JsonFields.read(LINE).get(path)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} rest",
        "{\"a\":",
        "{\"a\":1]",
        "",
        "plain",
        "{'a':1}"
      })
  void aLineIsOneValue(String line) {
    assertThatThrownBy(() -> JsonFields.read(line).get("a"))
        .isInstanceOfAny(JsonProcessingException.class, IllegalArgumentException.class);
  }

  @Test
  void depthIsLimitedAndDoesNotRecurse() throws JsonProcessingException {
    String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
    assertThat(JsonFields.read(deep).get("a.a.a")).startsWith("{\"a\":");
    String deeper = "[".repeat(200_000);
    assertThatThrownBy(() -> JsonFields.read("{\"a\":" + deeper))
        .isInstanceOf(JsonProcessingException.class);
  }
}
