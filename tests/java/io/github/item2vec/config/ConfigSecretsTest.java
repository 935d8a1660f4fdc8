package io.github.item2vec.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address with a password, in a place where it does not belong: no message repeats it. */
class ConfigSecretsTest {
  private static final String SIGNS = "@:/ \"\\'#?&=+$é|;%{}[],.";

  @TempDir Path directory;

  @Test
  void anAddressWithAnEqualsSignIsNoKey() {
    assertThatThrownBy(() -> load("redis://ann:Kx123=Zv456@127.0.0.1:1"))
        .hasMessage("-D takes key=value, not: redis://***@127.0.0.1:1");
  }

  @Test
  void noMessageRepeatsApasswordOfAnySigns() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      String password = "Kx123" + signs(random) + "Zv456" + signs(random) + "Hq789";
      String address = "redis://ann:" + password + "@127.0.0.1:1";
      refused += refusal(seed, () -> load(address));
      refused += refusal(seed, () -> load("publish.tarbet=" + address));
      refused += refusal(seed, () -> load("publish.target=[" + address + "]"));
      refused += refusal(seed, () -> load("publish.target=" + address).jobConfig());
      Path file = directory.resolve("a.conf");
      Files.writeString(file, "publish.target = " + address + "\n");
      refused += refusal(seed, () -> loadFile(file).jobConfig());
      Files.writeString(file, "publish { target = \"" + address + "\" }\n");
      refused += refusal(seed, () -> loadFile(file).jobConfig());
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(800);
  }

  private static ConfigLoader load(String override) {
    return ConfigLoader.load(List.of(), List.of(override));
  }

  private static ConfigLoader loadFile(Path file) {
    return ConfigLoader.load(List.of(file.toString()), List.of());
  }

  private static int refusal(long seed, Runnable reading) {
    try {
      reading.run();
      return 0;
    } catch (ConfigException e) {
      assertThat(e.getMessage())
          .as("seed %d", seed)
          .doesNotContain("Kx123")
          .doesNotContain("Zv456")
          .doesNotContain("Hq789");
      return 1;
    }
  }

  private static String signs(Random random) {
    return random
        .ints(random.nextInt(1, 5), 0, SIGNS.length())
        .mapToObj(at -> String.valueOf(SIGNS.charAt(at)))
        .collect(Collectors.joining());
  }
}
