package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://AKIA:hunter2@bucket/x | s3a://<hidden>@bucket/x",
        "s3a://AKIA:hun/ter2@bucket/x | s3a://<hidden>@bucket/x",
        "at 'https://hunter2@host/x', twice https://a:hunter2@host | at 'https://<hidden>@host/x', twice https://<hidden>@host",
        "jdbc:postgresql://db/x?user=me&password=hunter2&ssl=true | jdbc:postgresql://db/x?user=me&password=<hidden>&ssl=true",
        "{\"fs.s3a.secret.key\" : \"hunter2\", \"a\":1} | {\"fs.s3a.secret.key\" : <hidden>, \"a\":1}",
        "dbPassword = 'hunter2 and blanks', x | dbPassword = <hidden>, x",
        "fs.azure.account.key.me.net=hunter2 and | fs.azure.account.key.me.net=<hidden> and",
        "token=hunter2;sig=hunter2 | token=<hidden>;sig=<hidden>",
        "password=hunter2 | password=<hidden>"
      })
  void hidesSecretsInTexts(String text, String shown) {
    assertThat(Secrets.redact(text)).isEqualTo(shown).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://namenode:8020/data/events@2024/part-1",
        "s3a://bucket/folder@home/x",
        "abfss://container@account.dfs.core.windows.net/out",
        "the password must not be blank (key source.options.password)",
        "12 templates, 100 tokens a line",
        "assigned series = 12 at origin=2024-01-01",
        "spark://host:7077"
      })
  void leavesOtherTextsAlone(String text) {
    assertThat(Secrets.redact(text)).isEqualTo(text);
  }

  @Test
  void hidesLongSecretsAndThoseAtTheEndOfAMessageThatIsCut() {
    String token = "hunter2".repeat(500);
    assertThat(Secrets.redact("https://oauth2:" + token + "@host/x"))
        .isEqualTo("https://<hidden>@host/x");
    assertThat(Secrets.redact("https://" + token + "@host")).isEqualTo("https://<hidden>@host");
    String at = " ".repeat(980) + "https://me:" + token + "@host";
    assertThat(new Problem("here", at).what()).doesNotContain("hunter2");
    assertThat(Secrets.isSecret("source.options.fs.azure.sasurl")).isTrue();
  }

  @Test
  void hidesSecretsInTheMessagesOfConstructors() {
    assertThatThrownBy(
            () ->
                RunFile.read(
                    Optional.empty(),
                    List.of(
                        "output.commitProtocol=s3a://AKIA:hunter2@bucket",
                        "source.format=",
                        "window.horizon=jdbc:x://db?password=hunter2",
                        "name=https://me:hunter2@host")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("name must be")
        .hasMessageNotContaining("hunter2");
  }

  /** As Spark applies them: to keys and values of settings, and to the text of a plan. */
  @Test
  void sparkHidesTheSameAndWhatTheUserAsksFor() {
    Map<String, String> settings =
        Secrets.sparkSettings(key -> key.equals("spark.redaction.regex") ? "(?i)customer" : null);
    Pattern ofSettings = Pattern.compile(settings.get("spark.redaction.regex"));
    for (String secret :
        List.of(
            "spark.hadoop.fs.azure.account.key.me.dfs.core.windows.net",
            "https://me:hunter2@host/x",
            "spark.executorEnv.PAGERDUTY_KEY",
            "Longcast run alerts.http=[]",
            "spark.customer.name")) {
      assertThat(ofSettings.matcher(secret).find()).as(secret).isTrue();
    }
    for (String open : List.of("spark.sql.shuffle.partitions", "hdfs://name:8020/x", "longcast")) {
      assertThat(ofSettings.matcher(open).find()).as(open).isFalse();
    }
    Pattern ofPlans = Pattern.compile(settings.get("spark.sql.redaction.string.regex"));
    assertThat(
            ofPlans
                .matcher(
                    "Location s3a://AKIA:hunter2@bucket/x, Filter (apiKey#12 = hunter2), a = 1")
                .replaceAll("*"))
        .isEqualTo("Location s3a://*bucket/x, Filter (*), a = 1");
    Map<String, String> again = Secrets.sparkSettings(settings::get);
    assertThat(again).isEqualTo(settings);
  }

  @Test
  void takesTimeLinearInTheText() {
    for (String part : List.of("://", "password", "://a:", "password=\"", "a:b@", "token token ")) {
      String text = part.repeat(1_000_000 / part.length());
      assertThat(Secrets.redact(text)).isNotNull();
      for (String expression : Secrets.sparkSettings(key -> null).values()) {
        String start = text.substring(0, 100_000);
        assertThat(Pattern.compile(expression).matcher(start).replaceAll("")).isNotNull();
      }
    }
  }
}
