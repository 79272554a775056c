package io.longcast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SvgChartTest {
  private static final double[] X = {0, 3600, 7200};

  @Test
  void isWellFormedWhateverTheTitle() throws Exception {
    Document svg = parsed(new SvgChart("a < b & c", 400, 200).line("x", "red", X, X).svg());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a < b & c");
  }

  @Test
  void putsTheLargestValueAtTheTop() {
    String svg = new SvgChart("", 400, 200).dots("", "red", X, new double[] {0, 10, 5}).svg();
    assertThat(svg).contains("cx=\"60.0\" cy=\"166.3\"").contains("cx=\"222.5\" cy=\"51.7\"");
  }

  @Test
  void breaksALineAtNaN() throws Exception {
    String svg =
        new SvgChart("", 400, 200).line("", "red", X, new double[] {1, Double.NaN, 2}).svg();
    String path =
        parsed(svg)
            .getElementsByTagName("path")
            .item(0)
            .getAttributes()
            .getNamedItem("d")
            .toString();
    assertThat(path.chars().filter(sign -> sign == 'M').count()).isEqualTo(2);
  }

  @Test
  void drawsAnEmptyChart() throws Exception {
    assertThat(parsed(new SvgChart("nothing", 400, 200).svg())).isNotNull();
  }

  @Test
  void refusesLayersOfUnequalLength() {
    assertThatThrownBy(() -> new SvgChart("", 1, 1).line("", "red", X, new double[2]))
        .hasMessageContaining("x.length = 3, low.length = 2");
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
