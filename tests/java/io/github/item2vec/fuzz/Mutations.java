package io.github.item2vec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Good inputs of a reader, damaged at random: bytes flipped, spans cut out, doubled and moved,
 * words that mean something to the reader put in. The reader takes each or refuses it by a
 * documented exception, in time. The seed is printed; the environment's ITEM2VEC_FUZZ_SEED takes it
 * back, ITEM2VEC_FUZZ is the number of inputs.
 */
public final class Mutations {
  /** Reads one input. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] input) throws Exception;
  }

  private static final long SLOWEST_SECONDS = 10;
  private static final int LONGEST_SPAN = 40;

  private final List<byte[]> inputs;
  private final List<byte[]> words;

  /**
   * @param inputs good ones, none of them empty
   * @param words that a damaged input gets now and then
   */
  public Mutations(List<byte[]> inputs, List<String> words) {
    this.inputs = inputs;
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Reads the good inputs, then damaged ones.
   *
   * @param count of damaged inputs, unless ITEM2VEC_FUZZ says another
   * @param documented the exception that the reader may end with; its message must say something
   */
  public void run(String name, int count, Reader reader, Class<? extends Exception> documented)
      throws Exception {
    String given = System.getenv("ITEM2VEC_FUZZ_SEED");
    long seed = given == null ? System.nanoTime() : Long.parseLong(given);
    String many = System.getenv("ITEM2VEC_FUZZ");
    int all = many == null ? count : Integer.parseInt(many);
    for (byte[] input : inputs) {
      reader.read(input);
    }
    int refused = 0;
    for (int i = 0; i < all; i++) {
      byte[] damaged = damaged(new Random(seed + i));
      String what = "%s, ITEM2VEC_FUZZ_SEED=%d".formatted(name, seed + i);
      refused += refuses(reader, damaged, documented, what) ? 1 : 0;
    }
    System.out.printf("%s seed %d: %d inputs, %d refused%n", name, seed, all, refused);
    assertThat(refused).as(name).isBetween(all / 50, all - 1);
  }

  private static boolean refuses(
      Reader reader, byte[] input, Class<? extends Exception> documented, String what) {
    long start = System.nanoTime();
    boolean refused = false;
    try {
      reader.read(input);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      if (!documented.isInstance(e) || e.getMessage() == null || e.getMessage().isBlank()) {
        fail(what + ":\n" + new String(input, StandardCharsets.ISO_8859_1), e);
      }
      refused = true;
    }
    assertThat((System.nanoTime() - start) / 1_000_000_000)
        .as("seconds of %s:%n%s", what, new String(input, StandardCharsets.ISO_8859_1))
        .isLessThan(SLOWEST_SECONDS);
    return refused;
  }

  private byte[] damaged(Random random) {
    byte[] bytes = inputs.get(random.nextInt(inputs.size()));
    for (int times = random.nextInt(3) == 0 ? 3 : 1; times > 0; times--) {
      bytes = damagedOnce(bytes, random);
    }
    return bytes;
  }

  private byte[] damagedOnce(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return words.get(random.nextInt(words.size()));
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(LONGEST_SPAN));
    int at = random.nextInt(bytes.length);
    byte[] word = words.get(random.nextInt(words.size()));
    return switch (random.nextInt(7)) {
      case 0 -> spliced(bytes, from, from + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> spliced(bytes, from, to, new byte[0]);
      case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
      case 3 -> spliced(bytes, from, bytes.length, new byte[0]);
      case 4 -> spliced(bytes, from, to, word);
      default -> spliced(bytes, from, from, word);
    };
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] put) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length + put.length);
    result.write(bytes, 0, from);
    result.writeBytes(put);
    result.write(bytes, to, bytes.length - to);
    return result.toByteArray();
  }
}
