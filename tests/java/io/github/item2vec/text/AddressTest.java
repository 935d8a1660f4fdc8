package io.github.item2vec.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache:7000|cache:7000",
        "redis://cache:7000/2|redis://cache:7000/2",
        "redis://ann:s3cret@cache|redis://ann:***@cache",
        "REDIS://ann:s3cret@cache|redis://ann:***@cache",
        "redis://ann:s3@cret@cache|redis://ann:***@cache",
        "redis://a/n n:s3cret@cache|redis://a/n n:***@cache",
        "redis://:s3cret@cache|redis://:***@cache",
        "redis://s3cret@cache|redis://***@cache",
        "ann:s3cret@cache|***@cache",
        "redis:/ann:s3cret@cache|***@cache",
        "http://ann:s3cret@cache|http://ann:***@cache",
        "redis://cache?password=s3cret|redis://cache?***",
        "rediss-sentinel://ann:s3cret@one:1,two/3#main|rediss-sentinel://ann:***@one:1,two/3#main",
      })
  void thePasswordIsMasked(String address, String shown) {
    assertThat(Address.of(address).masked()).isEqualTo(shown);
    assertThat(Address.of(address)).hasToString(Address.of(address).masked());
  }

  @Test
  void inAnyTextTooAndWhatIsMaskedStays() {
    assertThat(Address.maskedIn("-D publish.target=REDISS://a b:x@y@cache:1 is bad"))
        .isEqualTo("-D publish.target=REDISS://***@cache:1 is bad");
    String clean = "redis://ann:***@one:1 and rediss://:***@two, redis://three:3/4";
    assertThat(Address.maskedIn(clean)).isEqualTo(clean);
    assertThat(Address.maskedIn(clean + " and redis://u:p@four"))
        .isEqualTo("redis://ann:***@one:1 and rediss://:***@two, redis://***@four");
    String form = "'redis://one:0': expected redis://[user[:password]@]HOST, or else";
    assertThat(Address.maskedIn(form)).isEqualTo(form);
    assertThat(Address.maskedIn(form + " redis://u:p@two")).isEqualTo("'redis://***@two");
    assertThat(Address.maskedIn("bob@example.org")).isEqualTo("bob@example.org");
  }

  /** Random logins, in all their spellings: no piece of the password is left. */
  @Test
  void noSpellingLeavesAPieceOfThePassword() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> schemes =
        List.of("redis://", "REDIS://", "rediss://", "ReDiSs://", "redis-sentinel://");
    for (int i = 0; i < 20_000; i++) {
      String password = "Pw7" + signs(random) + "xQ9" + signs(random);
      String user = signs(random).replace(":", "");
      String spelt = random.nextBoolean() ? password : encoded(password);
      String address =
          schemes.get(random.nextInt(schemes.size())) + user + ":" + spelt + "@cache:6379";
      String what = "seed %d: %s".formatted(seed, address);
      assertThat(Address.of(address).password()).as(what).isEqualTo(spelt);
      for (String shown :
          List.of(
              Address.of(address).masked(),
              Address.maskedIn(address),
              Address.maskedIn("cannot read '" + address + "': no such host"))) {
        assertThat(shown).as(what).doesNotContain("Pw7", "xQ9").contains("***@cache:6379");
      }
    }
  }

  private static String signs(Random random) {
    String signs = "@:/ ?#%&=+'\"\\[]{}*\n\t\u00e9ab1";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
