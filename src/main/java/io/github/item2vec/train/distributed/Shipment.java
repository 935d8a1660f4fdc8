package io.github.item2vec.train.distributed;

import io.github.item2vec.train.checkpoint.FloatRows;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What tasks of a distributed training send each other through Spark's shuffle, as bytes: rows of a
 * part, windows of a block, the loss of a block. A part travels in pieces, so no buffer holds it
 * whole.
 */
final class Shipment {
  /** Input rows of a part, from a row on. */
  static final byte INPUT = 0;

  /** Output rows of a part, from a row on. */
  static final byte OUTPUT = 1;

  /** Windows of a block, laid from a slice; a piece of them. */
  static final byte WINDOWS = 2;

  /** Loss of a block, or of a slice of baskets, and its weight. */
  static final byte LOSS = 3;

  /** Input rows that a slice of baskets needs. */
  static final byte NEED_INPUT = 4;

  /** Output rows that a slice of baskets needs. */
  static final byte NEED_OUTPUT = 5;

  /** Input rows, or gradients by them, by number. */
  static final byte SOME_INPUT = 6;

  /** Output rows, or gradients by them, by number. */
  static final byte SOME_OUTPUT = 7;

  /** Of a piece: large enough to make headers cheap, small beside any executor. */
  private static final int PIECE_BYTES = 1 << 18;

  private static final int HEADER = 1 + 2 * Integer.BYTES;

  private Shipment() {}

  /** Rows of a piece. */
  static int rowsOfPiece(int columns) {
    return Math.max(1, PIECE_BYTES / (columns * Float.BYTES));
  }

  static byte[] rows(byte kind, int part, int from, float[][] rows, int columns) {
    int to = Math.min(rows.length, from + rowsOfPiece(columns));
    byte[] shipment = shipment(kind, part, from, (to - from) * columns * Float.BYTES);
    FloatRows.put(rows, from, to, columns, body(shipment));
    return shipment;
  }

  static byte[] windows(int slice, int piece, int[] windows) {
    byte[] shipment = shipment(WINDOWS, slice, piece, windows.length * Integer.BYTES);
    body(shipment).asIntBuffer().put(windows);
    return shipment;
  }

  /** A sum of losses and what it is divided by for the mean. */
  static byte[] loss(int first, int second, double loss, double weight) {
    byte[] shipment = shipment(LOSS, first, second, 2 * Double.BYTES);
    body(shipment).putDouble(loss).putDouble(weight);
    return shipment;
  }

  static byte[] some(byte kind, int slice, int part, SomeRows rows, int columns) {
    byte[] shipment = shipment(kind, slice, part, rows.bytes(columns));
    rows.write(columns, body(shipment));
    return shipment;
  }

  static boolean isNeed(byte[] shipment) {
    return kind(shipment) == NEED_INPUT || kind(shipment) == NEED_OUTPUT;
  }

  private static byte[] shipment(byte kind, int first, int second, int body) {
    byte[] shipment = new byte[HEADER + body];
    ByteBuffer.wrap(shipment).put(kind).putInt(first).putInt(second);
    return shipment;
  }

  static byte kind(byte[] shipment) {
    return shipment[0];
  }

  /** Part, slice or round. */
  static int first(byte[] shipment) {
    return ByteBuffer.wrap(shipment).getInt(1);
  }

  /** Row, piece or part. */
  static int second(byte[] shipment) {
    return ByteBuffer.wrap(shipment).getInt(1 + Integer.BYTES);
  }

  static ByteBuffer body(byte[] shipment) {
    return ByteBuffer.wrap(shipment, HEADER, shipment.length - HEADER).slice();
  }

  static void readRows(byte[] shipment, int columns, float[][] rows) {
    FloatRows.get(body(shipment), columns, rows, second(shipment));
  }

  static int[] windows(byte[] shipment) {
    int[] windows = new int[(shipment.length - HEADER) / Integer.BYTES];
    body(shipment).asIntBuffer().get(windows);
    return windows;
  }

  /** By first number, then second. */
  static int compare(byte[] a, byte[] b) {
    return Arrays.compare(a, 1, HEADER, b, 1, HEADER);
  }
}
