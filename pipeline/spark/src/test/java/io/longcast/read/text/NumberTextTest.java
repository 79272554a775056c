package io.longcast.read.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.settings.SettingException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers written as text. */
class NumberTextTest {
  private final NumberText numbers = new NumberText(NumberSpec.PLAIN, List.of("", "NA"));

  @Test
  void readsNumbersAndTellsTextFromInfinityAndFromNothing() {
    assertThat(numbers.number(" -1.5e3 ")).isEqualTo(-1500.0);
    assertThat(numbers.number("\u00A0\u22121.5")).isEqualTo(-1.5);
    assertThat(numbers.number("")).isNull();
    assertThat(numbers.number(" NA ")).isNull();
    assertThat(numbers.number(null)).isNull();
    for (String text : List.of("abc", "7d", "1.f", "12,5 bar", "--", "1 2", "0x", "d")) {
      assertThat(numbers.number(text)).as(text).isEqualTo(NumberText.UNREADABLE);
    }
    for (String text : List.of("NaN", "inf", "-Infinity", "1e39", "+INF", "1e999")) {
      assertThat(numbers.number(text)).as(text).isNaN();
    }
  }

  @Test
  void booleansAreNumbers() {
    for (String text : List.of("true", "True", " TRUE ")) {
      assertThat(numbers.number(text)).as(text).isEqualTo(1);
    }
    assertThat(numbers.number("false")).isEqualTo(0);
    assertThat(numbers.number("-true")).isEqualTo(NumberText.UNREADABLE);
  }

  @Test
  void marksThatAreNumbersStandForTheNumber() {
    NumberText marked = new NumberText(NumberSpec.PLAIN, List.of("-999", "x"));
    for (String text : List.of("-999", "-999.0", "-9.99e2", "x")) {
      assertThat(marked.number(text)).as(text).isNull();
    }
    assertThat(marked.number("-999.5")).isEqualTo(-999.5);
    NumberText comma = new NumberText(new NumberSpec(",", "", List.of("°C")), List.of("-999"));
    assertThat(comma.number("-999,0 °C")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '_',
      value = {
        "20,39|,||20.39",
        "-0,5e3|,||-500",
        "1.029|,|.|1029",
        "970|,|.|970",
        "1.234.567,89|,|.|1234567.89",
        "2,000.39|.|,|2000.39",
        "12,34,567.5|.|,|1234567.5",
        "1'234.5|.|'|1234.5",
        "1\u2019234.5|.|'|1234.5",
        "+1\u00A0234,5|,|_ _|1234.5",
        "1\u202F234,5|,|_ _|1234.5",
        "21.5 °C|.||21.5",
        "45 %|.||45",
        "45%|.||45",
        "€ 12,50|,||12.5",
        "-€ 12,50|,||-12.5",
        "-€12.50|.||-12.5",
        "€ -12.50|.||-12.5",
        "1.200 kWh|,|.|1200",
        "true|,||1"
      })
  void readsNumbersAsTheyAreDeclared(
      String text, String decimal, String thousands, double expected) {
    NumberSpec spec =
        new NumberSpec(
            decimal, thousands == null ? "" : thousands, List.of("°C", "%", "€", "kWh", "Wh"));
    assertThat(new NumberText(spec, List.of("")).number(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5|,|",
        "1.5|,|.",
        "1,50|.|,",
        "1,2345|.|,",
        ",123|.|,",
        "1234,567|.|,",
        "1,,234|.|,",
        "12,34|.|,",
        "21.5 °F|.|",
        "°C|.|",
        "1-2|.|,",
        "e5|,|",
        "1,2,3|,|"
      })
  void takesNothingForANumberThatIsWrittenAnotherWay(
      String text, String decimal, String thousands) {
    NumberSpec spec = new NumberSpec(decimal, thousands == null ? "" : thousands, List.of("°C"));
    assertThat(new NumberText(spec, List.of("")).number(text)).isEqualTo(NumberText.UNREADABLE);
  }

  @Test
  void readsWhatEveryLocaleWrites() {
    Random random = new Random(5);
    for (Locale locale :
        List.of(Locale.US, Locale.GERMANY, Locale.FRANCE, new Locale("de", "CH"))) {
      var symbols = java.text.DecimalFormatSymbols.getInstance(locale);
      NumberSpec spec =
          new NumberSpec(
              String.valueOf(symbols.getDecimalSeparator()),
              String.valueOf(symbols.getGroupingSeparator()),
              List.of());
      NumberText text = new NumberText(spec, List.of());
      for (int i = 0; i < 500; i++) {
        double value =
            Math.rint((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12))) / 8;
        assertThat(text.number(String.format(locale, "%,.3f", value))).isEqualTo(value);
      }
    }
  }

  @Test
  void namesTheSettingUnderWhichATextWouldBeANumber() {
    assertThat(NumberText.shown("20,39")).isEqualTo("\"20,39\" (source.numbers.decimal = \",\")");
    assertThat(NumberText.shown("2,000.39")).contains("(source.numbers.thousands = \",\")");
    assertThat(NumberText.shown("1.029,5")).contains("thousands = \".\", decimal = \",\"");
    assertThat(NumberText.shown("21.5 °C")).contains("(source.numbers.units = [\"°C\"])");
    assertThat(NumberText.shown("-$12.50")).contains("(source.numbers.units = [\"$\"])");
    assertThat(NumberText.shown("US$ 7")).contains("(source.numbers.units = [\"US$\"])");
    assertThat(NumberText.shown("ERR")).isEqualTo("\"ERR\"");
    assertThat(NumberText.shown("x".repeat(100))).hasSize(62);
  }

  @Test
  void refusesFormatsThatMeanTwoThings() {
    assertThatThrownBy(() -> new NumberSpec(";", "", List.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("(key source.numbers.decimal)");
    assertThatThrownBy(() -> new NumberSpec(",", ",", List.of()))
        .hasMessageContaining("(key source.numbers.thousands)");
    assertThatThrownBy(() -> new NumberSpec(".", "", List.of("5 kW")))
        .hasMessageContaining("(key source.numbers.units)");
  }

  @Test
  void suspectsColumnsThatMayBeReadInTwoWays() {
    assertThat(look("1.029", "970", "1.000").suspicion().orElseThrow())
        .contains("1.029 next to 970", "source.numbers.thousands = \".\", decimal = \",\"");
    assertThat(look("20.1", "20,3").suspicion().orElseThrow())
        .contains("numbers, and text", "source.numbers.decimal");
    assertThat(look("1.029", "1.5", "970").suspicion()).isEmpty();
    assertThat(look("1.029", "0.970").suspicion()).isEmpty();
    assertThat(look("1.029", "1.030").suspicion()).isEmpty();
    assertThat(look("1", "2", "", "NA").suspicion()).isEmpty();
    assertThat(look("OK", "ERR").isText()).isTrue();
    assertThat(look("OK", "1").isText()).isFalse();
    assertThat(look("", "NA").isText()).isFalse();
  }

  private ColumnLook look(String... cells) {
    ColumnLook look = ColumnLook.NONE;
    for (String cell : cells) {
      look = look.plus(ColumnLook.of(cell, numbers));
    }
    return look;
  }
}
