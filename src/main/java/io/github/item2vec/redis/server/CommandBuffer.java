package io.github.item2vec.redis.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import redis.clients.jedis.Protocol.Command;

/**
 * Commands in Redis' wire form (RESP arrays of bulk strings), one after the other, for one write to
 * a socket; refilled batch by batch, so that a batch costs copies and no objects. Used by one
 * thread.
 */
public final class CommandBuffer {
  private static final int FIRST_BYTES = 1 << 16;

  /** A type's letter, ten digits, and the two line ends of an argument. */
  private static final int FRAME_BYTES = 1 + 10 + 2 + 2;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int commands;

  /** An argument with its frame, for {@link #framed}: made once, added often. */
  public static byte[] frame(byte[] argument) {
    byte[] start = ("$" + argument.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = Arrays.copyOf(start, start.length + argument.length + 2);
    System.arraycopy(argument, 0, frame, start.length, argument.length);
    frame[frame.length - 2] = '\r';
    frame[frame.length - 1] = '\n';
    return frame;
  }

  /** Begins a command, whose arguments follow. */
  public void command(Command command, int arguments) {
    room(FRAME_BYTES);
    number('*', arguments + 1);
    argument(command.getRaw());
    commands++;
  }

  public void argument(byte[] argument) {
    room(FRAME_BYTES + argument.length);
    number('$', argument.length);
    copy(argument);
    lineEnd();
  }

  public void framed(byte[] frame) {
    room(frame.length);
    copy(frame);
  }

  /** Commands since {@link #clear}. */
  public int commands() {
    return commands;
  }

  public void clear() {
    length = 0;
    commands = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
  }

  private void copy(byte[] from) {
    System.arraycopy(from, 0, bytes, length, from.length);
    length += from.length;
  }

  private void number(char type, int value) {
    bytes[length++] = (byte) type;
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    int rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    lineEnd();
  }

  private void lineEnd() {
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
