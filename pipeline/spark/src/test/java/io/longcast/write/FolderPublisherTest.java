package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPublisherTest {
  private final FolderPublisher publisher = new FolderPublisher(new Configuration());
  @TempDir Path models;
  private String bundle;

  @BeforeEach
  void publishOne() {
    bundle = models.resolve("m1").toString();
    publisher.publish(
        bundle, Map.of("manifest.json", bytes("{}"), "network.bin", bytes("weights")));
  }

  @Test
  void givesBackWhatWasPublishedAndOnlyThat() throws IOException {
    assertThat(publisher.read(bundle)).containsOnlyKeys("manifest.json", "network.bin");
    publisher.publish(bundle, Map.of("other", bytes("x")));
    assertThat(publisher.read(bundle)).containsOnlyKeys("other");
    assertThat(publisher.read(bundle).get("other")).isEqualTo(bytes("x"));
    assertThat(publisher.list(models.toString())).containsExactly("m1");
    try (var files = Files.list(models)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void namesTheFileWithOneFlippedByte() throws IOException {
    Path victim = Path.of(bundle, "network.bin");
    byte[] bytes = Files.readAllBytes(victim);
    bytes[3] ^= 1;
    Files.write(victim, bytes);
    assertThatThrownBy(() -> publisher.read(bundle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file is damaged: " + victim + ": expected SHA-256 ");
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Files.delete(Path.of(bundle, "network.bin"));
    assertThatThrownBy(() -> publisher.read(bundle))
        .hasMessage("file is missing: " + Path.of(bundle, "network.bin"));
    Files.delete(Path.of(bundle, FolderPublisher.HASHES));
    assertThatThrownBy(() -> publisher.read(bundle))
        .hasMessage("folder " + bundle + " is incomplete: it has no SHA256SUMS");
    assertThatThrownBy(() -> publisher.read(bundle + "x"))
        .hasMessage("folder " + bundle + "x does not exist");
  }

  @Test
  void survivesADeathBetweenTheTwoRenames() {
    FolderPublisher dying =
        new FolderPublisher(
            new Configuration(),
            step -> {
              if (step == SwapStep.AWAY) {
                throw new IllegalStateException("killed");
              }
            });
    assertThatThrownBy(() -> dying.publish(bundle, Map.of("other", bytes("x"))))
        .hasMessage("killed");
    assertThat(publisher.read(bundle)).containsOnlyKeys("other");
  }

  @Test
  void movesAPointer() {
    String latest = models.resolve("LATEST").toString();
    assertThat(publisher.pointer(latest)).isEmpty();
    publisher.point(latest, "m1\n");
    publisher.point(latest, "m2\n");
    assertThat(publisher.pointer(latest)).contains("m2");
  }

  @Test
  void saysThatAPointerIsEmptyUntilItIsWrittenAgain() throws IOException {
    Path latest = Files.writeString(models.resolve("LATEST"), "");
    assertThatThrownBy(() -> publisher.pointer(latest.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(latest + " is empty, expected a name");
    publisher.point(latest.toString(), "m1");
    assertThat(publisher.pointer(latest.toString())).contains("m1");
  }

  @Test
  void refusesNamesThatLeaveTheFolder() {
    assertThatThrownBy(() -> publisher.publish(bundle, Map.of("../x", bytes("x"))))
        .hasMessage("not a name for a published file: \"../x\"");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
