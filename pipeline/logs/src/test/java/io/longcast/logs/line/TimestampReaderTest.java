package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampReaderTest {
  private static LineSpec spec(LogForm form, String format, String zone) {
    return new LineSpec(
        form, "<Timestamp>|<Content>", Map.of(), format, 2024, zone, "", Duration.ZERO, false);
  }

  private static LogRecord record(String format, String zone, String text) {
    return new LineParser(spec(LogForm.PATTERN, format, zone)).parse(text + "|x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "iso;2024-01-01T00:00:00Z;2024-01-01T00:00:00Z",
        "iso;2024-01-01 00:00:00,123 +0200;2023-12-31T22:00:00.123Z",
        "iso;2024-01-01T00:00:00.123456789+05:30;2023-12-31T18:30:00.123456789Z",
        "iso;2024-01-01 00:00:00 CEST;2023-12-31T22:00:00Z",
        "iso;2024-01-01T24:00;2024-01-02T00:00:00Z",
        "yyyy-MM-dd HH:mm:ss.SSS z;2024-01-01 00:00:00.000 MSK;2023-12-31T21:00:00Z",
        "EEE MMM dd HH:mm:ss z yyyy;Mon Jan 01 00:00:00 EST 2024;2024-01-01T05:00:00Z",
        "dd/MMM/yyyy:HH:mm:ss Z;01/Jan/2024:00:00:00 +0100;2023-12-31T23:00:00Z",
        "yyyy/MM/dd HH:mm;2024/02/29 24:00;2024-03-01T00:00:00Z",
        "yyyy-MM-dd;2024-02-29;2024-02-29T00:00:00Z",
        "MMdd HH:mm:ss;0229 01:02:03;2024-02-29T01:02:03Z",
        "EEE MMM d HH:mm:ss;Thu Feb 29 01:02:03;2024-02-29T01:02:03Z",
        "EEE MMM d HH:mm:ss;Fri Mar 3 01:02:03;2024-03-03T01:02:03Z",
        "epoch-seconds;1704067200;2024-01-01T00:00:00Z",
        "epoch-seconds;1704067200.123456789;2024-01-01T00:00:00.123456789Z",
        "epoch-seconds;1.7040672005e9;2024-01-01T00:00:00.500Z",
        "epoch-seconds;-1;1969-12-31T23:59:59Z",
        "epoch-millis;1704067200123;2024-01-01T00:00:00.123Z",
        "epoch-millis;1704067200123.4;2024-01-01T00:00:00.123400Z",
        "epoch-millis;12345;1970-01-01T00:00:12.345Z",
        "epoch-micros;1704067200000001;2024-01-01T00:00:00.000001Z",
        "epoch-nanos;1704067200000000001;2024-01-01T00:00:00.000000001Z"
      })
  void readsTheInstant(String format, String text, String instant) {
    assertThat(record(format, "UTC", text).time())
        .as(record(format, "UTC", text).reason())
        .hasToString(instant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "yyyy-MM-dd HH:mm:ss z;2024-01-01 00:00:00 XYZ;UNKNOWN_ZONE",
        "yyyy-MM-dd HH:mm:ss z;2024-01-01 00:00:00 IST;UNKNOWN_ZONE",
        "yyyy-MM-dd HH:mm:ss;2024-02-30 00:00:00;BAD_TIMESTAMP",
        "iso;2024-02-30 00:00:00;BAD_TIMESTAMP",
        "iso;yesterday;BAD_TIMESTAMP",
        "iso;2024-01-01T00:00:0;BAD_TIMESTAMP",
        "epoch-millis;1704067200;WRONG_EPOCH_UNIT",
        "epoch-millis;1704067200000000;WRONG_EPOCH_UNIT",
        "epoch-seconds;1704067200000;WRONG_EPOCH_UNIT",
        "epoch-seconds;9e99;BAD_TIMESTAMP",
        "epoch-seconds;1e999999999;BAD_TIMESTAMP",
        "epoch-nanos;1e-999999999;BAD_TIMESTAMP",
        "epoch-millis;12:30;BAD_TIMESTAMP"
      })
  void rejectsWithTheReason(String format, String text, RejectReason reason) {
    LogRecord record = record(format, "UTC", text);
    assertThat(record.reject()).isEqualTo(reason);
    assertThat(record.reason()).contains(text.split(" ")[0]);
  }

  @Test
  void aNameOfSeveralZonesIsThatOfTheDeclaredOne() {
    assertThat(record("yyyy-MM-dd HH:mm z", "Asia/Kolkata", "2024-01-01 00:00 IST").time())
        .hasToString("2023-12-31T18:30:00Z");
    assertThat(record("yyyy-MM-dd HH:mm z", "Europe/Dublin", "2024-07-01 00:00 IST").time())
        .hasToString("2024-06-30T23:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Oct 11 22:14:15 h a: x;2024-10-11T22:14:15Z",
        "Oct 11 22:14:15.5 h a: x;2024-10-11T22:14:15.500Z",
        "Oct 11 2019 22:14:15 h a: x;2019-10-11T22:14:15Z",
        "2019-10-11T22:14:15.25+02:00 h a: x;2019-10-11T20:14:15.250Z"
      })
  void readsTheTimesOfSyslog(String line, String instant) {
    assertThat(new LineParser(spec(LogForm.SYSLOG_3164, "iso", "UTC")).parse(line).time())
        .hasToString(instant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "yyyy-MM-dd hh:mm:ss;needs AM or PM",
        "yyyy-mm-dd HH:mm:ss;no month",
        "YYYY-MM-dd HH:mm;year of a week",
        "yyyy-MM-DD HH:mm;day of the year",
        "HH:mm:ss;no date",
        "hh:mm a;no date",
        "yyyy-MM-dd HH:mm:ss b;pattern letter",
        "epoch-hours;epoch-seconds"
      })
  void aFormatThatGivesNoFullTimeIsRefusedBeforeTheRun(String format, String why) {
    assertThatThrownBy(() -> spec(LogForm.PATTERN, format, "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("(key logs.lines.timestampFormat)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "iso", "MMM d HH:mm:ss", "MM-dd HH:mm:ss.SSS", "yyMMdd HHmmss", "d.M.yy H:mm"})
  void otherFormatsAreAccepted(String format) {
    assertThat(spec(LogForm.PATTERN, format, "UTC").timestampFormat()).isEqualTo(format);
  }
}
