package io.github.item2vec.train.format;

import io.github.item2vec.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged word2vec files end in an {@link IllegalArgumentException} or in vectors. */
class Word2VecFuzzTest {
  private static final List<String> WORDS =
      List.of(
          " ",
          "\n",
          "\r\n",
          "\t",
          "2147483647",
          "-1",
          "0",
          "1 1048576\n",
          "99999999999",
          "1e39",
          "NaN",
          "Infinity",
          "0x1p3",
          "\u0000",
          "\ufeff",
          "item",
          "9 2\n",
          "\u001b[31m",
          "1 ".repeat(50),
          "x".repeat(1 << 17));

  @Test
  @Timeout(3600)
  void damagedText() throws Exception {
    run("word2vec text", new TextCodec());
  }

  @Test
  @Timeout(3600)
  void damagedBinary() throws Exception {
    run("word2vec binary", new BinaryCodec());
  }

  @Test
  @Timeout(3600)
  void damagedCounts() throws Exception {
    byte[] good = "a 9\nb c 8\nitem 3\n".getBytes(StandardCharsets.UTF_8);
    new Mutations(List.of(good), WORDS)
        .run(
            "word2vec counts",
            3_000,
            bytes -> Word2VecReader.counts(input(bytes, bytes.length)),
            IllegalArgumentException.class);
  }

  /** Once with the length known, once as a packed file, and each as output of the good one. */
  private static void run(String name, RowCodec codec) throws Exception {
    List<byte[]> good =
        List.of(file(codec, "a", "b", "c"), file(codec, "film", "\u00e9", "x-1", "7"));
    VectorRows model = VectorRows.read(input(good.get(0), Long.MAX_VALUE), codec, null);
    Mutations mutations = new Mutations(good, WORDS);
    mutations.run(
        name,
        3_000,
        bytes -> VectorRows.read(input(bytes, bytes.length), codec, null).matrix(),
        IllegalArgumentException.class);
    mutations.run(
        name + ", packed",
        3_000,
        bytes -> VectorRows.read(input(bytes, Long.MAX_VALUE), codec, null).matrix(),
        IllegalArgumentException.class);
    new Mutations(good.subList(0, 1), WORDS)
        .run(
            name + ", output",
            3_000,
            bytes -> VectorRows.read(input(bytes, bytes.length), codec, model).matrix(),
            IllegalArgumentException.class);
  }

  private static byte[] file(RowCodec codec, String... items) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((items.length + " 2\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < items.length; i++) {
      codec.write(out, items[i], new float[] {i + 0.5f, -i});
    }
    return out.toByteArray();
  }

  private static RowInput input(byte[] bytes, long length) throws IOException {
    RowInput in = new RowInput("fuzz", length, new ByteArrayInputStream(bytes));
    in.skipByteOrderMark();
    return in;
  }
}
