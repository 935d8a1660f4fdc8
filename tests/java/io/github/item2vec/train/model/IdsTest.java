package io.github.item2vec.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void indexAsAHashMapDoes() throws Exception {
    long seed = System.nanoTime();
    System.out.println("IdsTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Ids ids = new Ids();
    Map<String, Integer> expected = new HashMap<>();
    int distinct = 1 + random.nextInt(5000);
    for (int round = 0; round < 20_000; round++) {
      String id = id(random.nextInt(distinct));
      assertThat(ids.indexOf(UTF8String.fromString(id))).isEqualTo(expected.getOrDefault(id, -1));
      if (random.nextBoolean()) {
        expected.putIfAbsent(id, expected.size());
        assertThat(ids.indexOrAdd(UTF8String.fromString(id))).isEqualTo(expected.get(id));
      }
    }
    ids.trim();
    Ids copy = copy(ids);
    assertThat(copy.size()).isEqualTo(expected.size());
    expected.forEach(
        (id, index) -> {
          assertThat(copy.get(index)).hasToString(id);
          assertThat(copy.indexOf(UTF8String.fromString(id))).isEqualTo(index);
        });
    int next = copy.size();
    assertThat(copy.indexOrAdd(UTF8String.fromString("new"))).isEqualTo(next); // after the trim
  }

  /** Of 0 to some dozens of bytes, one to four a letter; some are the start of others. */
  private static String id(int number) {
    return ("é" + Integer.toString(number, 3) + "\uD83D\uDE80")
        .substring(number % 2)
        .repeat(number % 4);
  }

  private static Ids copy(Ids ids) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ids);
    }
    return (Ids) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
