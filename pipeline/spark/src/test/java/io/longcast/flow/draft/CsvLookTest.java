package io.longcast.flow.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The beginnings of CSV files as programs really write them. */
class CsvLookTest {
  private static CsvLook look(String head, String row) {
    return CsvLook.of(
        head
            + IntStream.range(10, 40)
                .mapToObj(i -> row.replace("#", Integer.toString(i)))
                .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void findsTheSeparatorDespiteDecimalCommas() {
    assertThat(look("time;load\n", "01.01.2024 00:#;1,#").separator()).isEqualTo(";");
    assertThat(look("a;b;c\n", "1,#;2,#;3,#").separator()).isEqualTo(";");
    assertThat(look("time,a,b\n", "2024-01-01 00:#:00,1.5,2.5").separator()).isEqualTo(",");
    assertThat(look("time\tload\n", "2024-01-01 00:#:00\t7").separator()).isEqualTo("\t");
    assertThat(look("", "1 # 0.5 641.82").separator()).isEqualTo(" ");
  }

  @Test
  void findsAHeaderBelowAPreambleAndUnitsBelowTheHeader() {
    CsvLook look =
        look(
            "Logger: TH-1\nExported: 2024-02-01\nid,time,value\n,,degC\n",
            "a,2024-01-01T00:#:00,20.#");
    assertThat(look.headerLine()).isEqualTo(3);
    assertThat(look.unitRows()).isEqualTo(1);
    assertThat(look.hasHeader()).isTrue();
  }

  @Test
  void findsAHeaderBelowAPreambleThatIsFilledUp() {
    CsvLook look = look("Plant A,,\n,,\nid,time,value\n", "a,2024-01-01T00:#:00,20.#");
    assertThat(look.headerLine()).isEqualTo(3);
    assertThat(look.unitRows()).isZero();
  }

  @Test
  void knowsFilesWithoutAHeader() {
    assertThat(look("", "a,2024-01-01T00:#:00,20.#").hasHeader()).isFalse();
    assertThat(look("", "1 # 0.5 641.82").hasHeader()).isFalse();
    assertThat(look("id,time,value\n", "a,2024-01-01T00:#:00,20.#").hasHeader()).isTrue();
  }

  @Test
  void takesYearsAndDatesInAHeaderForNames() {
    String years =
        IntStream.range(1990, 2000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    CsvLook look = look("country," + years + "\n", "x#,1,2,3,4,5,6,7,8,9,10");
    assertThat(look.hasHeader()).isTrue();
    assertThat(look.headerLine()).isEqualTo(1);
  }

  @Test
  void seesCellsOverSeveralLines() {
    CsvLook look = look("id,time,note,value\n", "a,2024-01-01T00:#:00,\"one\ntwo\",20.#");
    assertThat(look.isMultiLine()).isTrue();
    assertThat(look.columns()).isEqualTo(4);
  }
}
