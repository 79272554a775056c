package io.longcast.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart over time as SVG text: bands, lines and dots over one axis of seconds and one of values.
 * What was added first lies below. NaN breaks a line and leaves out a dot.
 */
public final class SvgChart {
  private static final int LEFT = 60;
  private static final int RIGHT = 15;
  private static final int TOP = 46;
  private static final int BOTTOM = 28;

  /** How a layer is drawn. */
  private enum Kind {
    BAND,
    LINE,
    DOTS
  }

  /**
   * @param x seconds since the epoch, ascending
   * @param low values; of a band its lower edge
   * @param high as {@code low}, or a band's upper edge
   */
  private record Layer(
      Kind kind, String name, String color, double[] x, double[] low, double[] high) {}

  private final String title;
  private final int width;
  private final int height;
  private final boolean overTime;
  private final List<Layer> layers = new ArrayList<>();

  /**
   * @param title above the chart
   * @param width in pixels
   * @param height in pixels
   */
  public SvgChart(String title, int width, int height) {
    this(title, width, height, true);
  }

  private SvgChart(String title, int width, int height, boolean overTime) {
    this.overTime = overTime;
    this.title = title;
    this.width = width;
    this.height = height;
  }

  /**
   * Adds a line.
   *
   * @param name in the legend; empty: none
   * @param color of CSS
   * @param x seconds since the epoch, ascending
   * @param y values, one per x
   */
  public SvgChart line(String name, String color, double[] x, double[] y) {
    return add(new Layer(Kind.LINE, name, color, x, y, y));
  }

  /** Adds the area between two lines; parameters as of {@link #line}. */
  public SvgChart band(String name, String color, double[] x, double[] lower, double[] upper) {
    return add(new Layer(Kind.BAND, name, color, x, lower, upper));
  }

  /** Adds dots; parameters as of {@link #line}. */
  public SvgChart dots(String name, String color, double[] x, double[] y) {
    return add(new Layer(Kind.DOTS, name, color, x, y, y));
  }

  private SvgChart add(Layer layer) {
    if (layer.x.length != layer.low.length || layer.x.length != layer.high.length) {
      throw new IllegalArgumentException(
          "a layer has one value per x, found x.length = %d, low.length = %d, high.length = %d"
              .formatted(layer.x.length, layer.low.length, layer.high.length));
    }
    layers.add(
        new Layer(
            layer.kind,
            layer.name,
            layer.color,
            layer.x.clone(),
            layer.low.clone(),
            layer.high.clone()));
    return this;
  }

  /** A chart over steps, which are whole numbers, in place of time; parameters as of a chart. */
  public static SvgChart overSteps(String title, int width, int height) {
    return new SvgChart(title, width, height, false);
  }

  /** The chart as an SVG element. */
  public String svg() {
    AxisScale x = new AxisScale(LEFT, width - RIGHT);
    AxisScale y = new AxisScale(height - BOTTOM, TOP);
    for (Layer layer : layers) {
      x.cover(layer.x);
      y.cover(layer.low);
      y.cover(layer.high);
    }
    y.widen(0.05);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"%d\" y=\"16\" font-size=\"13\" font-weight=\"bold\">%s</text>%n",
            width,
            height,
            width,
            height,
            LEFT,
            escaped(title)));
    grid(svg, x, y);
    layers.forEach(layer -> draw(svg, layer, x, y));
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg, AxisScale x, AxisScale y) {
    for (double tick : y.roundTicks(5)) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT,
              width - RIGHT,
              y.at(tick),
              y.at(tick),
              LEFT - 6,
              y.at(tick) + 4,
              plain(tick)));
    }
    for (double tick : x.evenTicks(6)) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x.at(tick),
              height - 8,
              tick(tick, x.span())));
    }
  }

  private String tick(double tick, double span) {
    if (!overTime) {
      return String.format(Locale.ROOT, "%,.0f", tick);
    }
    String form = span > 20 * 86_400 ? "yyyy-MM-dd" : "MM-dd HH:mm";
    return DateTimeFormatter.ofPattern(form)
        .format(Instant.ofEpochSecond((long) tick).atZone(ZoneOffset.UTC));
  }

  private static void draw(StringBuilder svg, Layer layer, AxisScale x, AxisScale y) {
    switch (layer.kind) {
      case BAND -> band(svg, layer, x, y);
      case LINE -> line(svg, layer, x, y);
      default -> dots(svg, layer, x, y);
    }
  }

  private static void line(StringBuilder svg, Layer layer, AxisScale x, AxisScale y) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < layer.x.length; i++) {
      if (Double.isNaN(layer.low[i])) {
        down = false;
      } else {
        path.append(down ? 'L' : 'M').append(place(x.at(layer.x[i]), y.at(layer.low[i])));
        down = true;
      }
    }
    svg.append("<path fill=\"none\" stroke-width=\"1.4\" stroke=\"").append(layer.color);
    svg.append("\" d=\"").append(path).append("\"/>\n");
  }

  private static void band(StringBuilder svg, Layer layer, AxisScale x, AxisScale y) {
    StringBuilder path = new StringBuilder();
    int n = layer.x.length;
    for (int i = 0; i < 2 * n; i++) {
      int at = i < n ? i : 2 * n - 1 - i;
      double value = i < n ? layer.low[at] : layer.high[at];
      if (!Double.isNaN(value)) {
        path.append(path.isEmpty() ? 'M' : 'L').append(place(x.at(layer.x[at]), y.at(value)));
      }
    }
    svg.append("<path stroke=\"none\" fill-opacity=\"0.25\" fill=\"").append(layer.color);
    svg.append("\" d=\"").append(path).append("Z\"/>\n");
  }

  private static void dots(StringBuilder svg, Layer layer, AxisScale x, AxisScale y) {
    for (int i = 0; i < layer.x.length; i++) {
      if (!Double.isNaN(layer.low[i])) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                x.at(layer.x[i]),
                y.at(layer.low[i]),
                layer.color));
      }
    }
  }

  private void legend(StringBuilder svg) {
    int at = LEFT;
    for (Layer layer : layers) {
      if (layer.name.isEmpty()) {
        continue;
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"25\" width=\"12\" height=\"9\" fill=\"%s\"%s/>"
                  + "<text x=\"%d\" y=\"33\">%s</text>%n",
              at,
              layer.color,
              layer.kind == Kind.BAND ? " fill-opacity=\"0.25\"" : "",
              at + 16,
              escaped(layer.name)));
      at += 34 + 7 * layer.name.length();
    }
  }

  private static String place(double x, double y) {
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.6g", value).replaceFirst("\\.?0+$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
