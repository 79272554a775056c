package io.longcast.clean;

import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Outcomes as bytes: the status of a series first, followed by its values, so that reading one does
 * not unpack the other. Not for several threads at once.
 */
final class OutcomeCodec {
  private final SegmentCodec segments = new SegmentCodec();

  /** Length of the account, the account, the segment if there is one. */
  byte[] bytes(SeriesOutcome outcome) {
    int values = outcome.segment() == null ? 0 : (int) outcome.segment().bytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(values + 512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] account = account(outcome);
      out.writeInt(account.length);
      out.write(account);
      if (outcome.segment() != null) {
        segments.write(outcome.segment(), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] account(SeriesOutcome outcome) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    DataOutputStream out = new DataOutputStream(bytes);
    text(outcome.seriesId(), out);
    out.writeLong(outcome.steps());
    out.writeBoolean(outcome.status() != null);
    if (outcome.status() != null) {
      text(outcome.status().kind(), out);
      out.writeBoolean(outcome.status().kept());
      text(outcome.status().reason(), out);
    }
    out.writeLong(outcome.read());
    out.writeLong(outcome.used());
    out.writeLong(outcome.observed());
    out.writeLong(outcome.start());
    out.writeLong(outcome.end());
    out.writeInt(outcome.rejects().size());
    for (RejectedRow row : outcome.rejects()) {
      text(row.stage(), out);
      text(row.file(), out);
      text(row.seriesId(), out);
      out.writeLong(row.micros());
      text(row.reason(), out);
      text(row.record(), out);
    }
    return bytes.toByteArray();
  }

  /** The outcome without its segment. */
  static SeriesOutcome account(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readInt();
      String seriesId = text(in);
      long steps = in.readLong();
      SeriesStatus status =
          in.readBoolean() ? new SeriesStatus(text(in), in.readBoolean(), text(in)) : null;
      long read = in.readLong();
      long used = in.readLong();
      long observed = in.readLong();
      long start = in.readLong();
      long end = in.readLong();
      List<RejectedRow> rejects = rejects(in);
      return new SeriesOutcome(
          seriesId, null, steps, status, read, used, rejects, observed, start, end);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static List<RejectedRow> rejects(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<RejectedRow> rejects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rejects.add(new RejectedRow(text(in), text(in), text(in), in.readLong(), text(in), text(in)));
    }
    return rejects;
  }

  /** True if the series is kept. */
  static boolean hasSegment(byte[] bytes) {
    return bytes.length > segmentAt(bytes);
  }

  /** The segment of an outcome that has one. */
  Segment segment(byte[] bytes) {
    int at = segmentAt(bytes);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
      return segments.read(in);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The bytes of the segment of an outcome that has one. */
  static byte[] segmentBytes(byte[] bytes) {
    return Arrays.copyOfRange(bytes, segmentAt(bytes), bytes.length);
  }

  private static int segmentAt(byte[] bytes) {
    return Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
