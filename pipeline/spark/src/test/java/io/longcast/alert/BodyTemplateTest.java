package io.longcast.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies as services expect them, by settings alone. */
class BodyTemplateTest {
  private static final Alert CLOSED =
      new Alert(
          "abc",
          Alert.State.CLOSED,
          "pump \"7\"\\$1",
          Optional.of(Instant.parse("2024-03-01T12:00:00Z")),
          Optional.empty(),
          .5,
          List.of("flow", "pressure"),
          "spike",
          "saw 9\nexpected 1",
          new Alert.Source("run", "m1"));

  @TempDir Path folder;

  private AlertSpec settings(String alerts) throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), "alerts {" + alerts + "}");
    return RunFile.read(Optional.of(file), List.of()).spec().alerts();
  }

  private JsonNode body(String alerts) throws IOException {
    return new ObjectMapper().readTree(settings(alerts).http().get(0).template().fill(CLOSED));
  }

  @Test
  void fillsTheBodyThatSlackExpects() throws IOException {
    JsonNode body =
        body(
            "http = [{ name = slack, url = \"https://hooks.example.com/x\", body ="
                + " \"\"\"{\"text\": \"{{text}}\"}\"\"\" }]");
    assertThat(body.get("text").asText())
        .isEqualTo("pump \"7\"\\$1: spike since 2024-03-01T12:00:00Z is over");
  }

  @Test
  void fillsTheBodyThatPagerDutyExpects() throws IOException {
    JsonNode body =
        body(
            "http = [{ name = pd, url = \"https://events.example.com/v2/enqueue\", body ="
                + " \"\"\"{\"routing_key\": \"\"\"\"s3cr3t\"\"\"\", \"event_action\": \"{{action}}\","
                + " \"dedup_key\": \"{{event_id}}\", \"payload\": {\"summary\": \"{{evidence}}\","
                + " \"source\": \"{{series_id}}\", \"severity\": \"error\", \"custom_details\":"
                + " {{alert}}}}\"\"\" }]");
    assertThat(body.get("routing_key").asText()).isEqualTo("s3cr3t");
    assertThat(body.get("event_action").asText()).isEqualTo("resolve");
    assertThat(body.get("dedup_key").asText()).isEqualTo("abc");
    assertThat(body.at("/payload/summary").asText()).isEqualTo("saw 9\nexpected 1");
    assertThat(body.at("/payload/custom_details/channels/1").asText()).isEqualTo("pressure");
  }

  @Test
  void refusesWhatCannotBecomeABodyNamingTheSetting() {
    assertThatThrownBy(
            () -> settings("http = [{ name = a, url = \"http://h/\", body = \"{{nonsense}}\" }]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("alerts.http")
        .hasMessageContaining("unknown placeholder {{nonsense}}, expected one of action");
    assertThatThrownBy(
            () -> settings("http = [{ name = a, url = \"http://h/\", body = \"text\" }]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("must be JSON once its placeholders are filled in");
    assertThatThrownBy(() -> settings("http = [{ name = a, url = \"hush.example.com\" }]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("url of a must be http(s)://host")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(
            () ->
                settings(
                    "http = [{ name = a, url = \"http://h/\" }, { name = a, url = \"http://i/\" }]"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("each sink needs a name of its own, found a twice");
  }
}
