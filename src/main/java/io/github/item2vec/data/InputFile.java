package io.github.item2vec.data;

import java.io.Serializable;

/**
 * One input file, as listed by the driver and used in tasks; ordinals follow the sorted paths.
 *
 * @param length in bytes, as it is stored
 * @param layout of its lines; null of Parquet
 */
record InputFile(String path, int ordinal, long length, boolean compressed, TextLayout layout)
    implements Serializable {

  /**
   * Whether an empty line at {@code offset}, after which this split has no more lines, ends the
   * file. Offsets in compressed files are not comparable with the length, but such a file is one
   * split.
   */
  boolean endsAt(long offset) {
    return compressed || offset + 2 >= length;
  }
}
