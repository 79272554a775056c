package io.longcast.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void allowsItsOwnScriptsByTheirHashesAndNothingElse() throws Exception {
    String page = ReportPage.html("x", Map.of("a", 1));
    String policy = page.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");
    List<String> hashes = new ArrayList<>();
    Matcher script = SCRIPT.matcher(page);
    while (script.find()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(hashes).hasSize(6).allSatisfy(hash -> assertThat(policy).contains(hash));
    assertThat(policy)
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe-", "http", "*", "connect-src");
    assertThat(page).doesNotContain("src=\"http", "href=\"http", "@import", "eval(");
  }

  @Test
  void keepsHostileTextsInsideTheData() throws IOException {
    for (String text : ReportFixture.HOSTILE) {
      String page = ReportPage.html("a < b & \"c\"", Map.of("id", text));
      Matcher data = DATA.matcher(page);
      assertThat(data.find()).isTrue();
      JsonNode read = new ObjectMapper().readTree(data.group(1));
      assertThat(read.get("id").asText()).isEqualTo(text);
      assertThat(page).contains("<title>a &lt; b &amp; \"c\"".replace("\"c\"", "&quot;c&quot;"));
    }
  }

  @Test
  void packsNumbersToAHundredThousandthOfTheirRange() {
    double[] values = {-3e8, Double.NaN, 5, 1e9, 0};
    Packed packed = Packed.of(values);
    byte[] codes = Base64.getDecoder().decode(packed.codes());
    for (int i = 0; i < values.length; i++) {
      int code = (codes[2 * i] & 0xFF) | (codes[2 * i + 1] & 0xFF) << 8;
      if (Double.isNaN(values[i])) {
        assertThat(code).isEqualTo(Packed.MISSING);
      } else {
        assertThat(packed.min() + code * packed.step()).isCloseTo(values[i], within(1.3e9 * 1e-5));
      }
    }
    assertThat(Packed.of(new double[] {Double.NaN}).step()).isZero();
    assertThat(Packed.of(new double[] {7, 7}).min()).isEqualTo(7);
    assertThat(Packed.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}).step()).isFinite();
  }

  @Test
  void countsScoresByTheirRarity() {
    assertThat(Rounded.digits(0.999)).isCloseTo(3, within(1e-9));
    assertThat(Rounded.digits(1.0)).isEqualTo(16);
    assertThat(Rounded.digits(null)).isNull();
    assertThat(Rounded.of(Double.NaN)).isNull();
    assertThat(Rounded.of(0.123456789)).isEqualTo(0.123457);
  }
}
