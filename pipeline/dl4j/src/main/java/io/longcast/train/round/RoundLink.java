package io.longcast.train.round;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;

/** One end of the connection of a task of {@link RoundStage} with the driver. */
final class RoundLink implements Closeable {
  static final int TOKEN_BYTES = 32;

  /** Longest message; a network of 100 million parameters with its updater state is smaller. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private static final int BUFFER = 1 << 16;
  private static final int POLL_MILLIS = 500;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  RoundLink(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  /** Tells the driver which task this is. */
  void introduce(byte[] token, int task) throws IOException {
    out.write(token);
    out.writeInt(task);
    out.flush();
  }

  /**
   * The task at the other end.
   *
   * @throws IOException if it does not know the token or says nothing in time
   */
  int introduced(byte[] token, int tasks, int millis) throws IOException {
    socket.setSoTimeout(millis);
    byte[] found = new byte[TOKEN_BYTES];
    in.readFully(found);
    int task = in.readInt();
    if (!MessageDigest.isEqual(token, found) || task < 0 || task >= tasks) {
      throw new IOException("a stranger at the port of the rounds: " + socket);
    }
    socket.setSoTimeout(0);
    return task;
  }

  /** Sends work and its input; a number below 0 ends the task. */
  void send(int work, byte[] input) throws IOException {
    out.writeInt(work);
    send(input);
  }

  void send(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /**
   * Waits for the next work, as long as it takes.
   *
   * @param ended asked twice a second whether to wait no longer
   */
  int nextWork(BooleanSupplier ended) throws IOException {
    socket.setSoTimeout(POLL_MILLIS);
    in.mark(1);
    while (true) {
      try {
        int first = in.read();
        socket.setSoTimeout(0);
        if (first < 0) {
          throw new IOException("the driver is gone");
        }
        in.reset();
        return in.readInt();
      } catch (SocketTimeoutException silent) {
        if (ended.getAsBoolean()) {
          throw new IOException("the task was ended", silent);
        }
      }
    }
  }

  byte[] receive() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
