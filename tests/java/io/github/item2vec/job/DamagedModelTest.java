package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.ModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model with a damaged file is the same, or refused in a sentence that names it. */
class DamagedModelTest extends SparkTest {
  private static final int DAMAGES = 12;

  @TempDir Path directory;

  @Test
  void isLoadedOrRefusedByName() throws IOException {
    String model = directory.resolve("model").toString();
    ModelFixture.save(spark, model);
    float[] vectors = output(model);
    List<Path> files = files();
    long seed = System.nanoTime();
    int refused = 0;
    for (int damage = 0; damage < DAMAGES; damage++) {
      Random random = new Random(seed + damage);
      Path file = files.get(damage % files.size());
      byte[] good = Files.readAllBytes(file);
      Files.write(file, damaged(good, random));
      String what = "seed %d, %s".formatted(seed + damage, file);
      try {
        assertThat(output(model)).as(what).isEqualTo(vectors);
      } catch (ConfigException | BadInputException | DamagedException e) {
        assertThat(e.getMessage()).as(what).contains(model);
        assertThat(e.getMessage().lines()).as(what).hasSize(1);
        refused++;
      } catch (Exception e) {
        fail(what, e);
      }
      Files.write(file, good);
    }
    assertThat(refused).as("seed %d: refused", seed).isPositive();
  }

  private static float[] output(String model) {
    return ((Item2VecModel) Trainer.load(spark, model).model()).outputVectors();
  }

  /** Those with data; their checksums would tell, and are taken away. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> found = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : found) {
        if (file.toString().endsWith(".crc")) {
          Files.delete(file);
        }
      }
      return found.stream()
          .filter(Files::exists)
          .filter(file -> file.toFile().length() > 0)
          .toList();
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    if (random.nextBoolean()) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] bad = good.clone();
    for (int flips = 0; flips < 20; flips++) {
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bad;
  }
}
