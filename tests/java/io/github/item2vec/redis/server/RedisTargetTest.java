package io.github.item2vec.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisTargetTest {
  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "cache,                                  cache,     6379, 0, '', '',      false",
        "cache:7000,                             cache,     7000, 0, '', '',      false",
        "my_cache-1.example.org:7000,            my_cache-1.example.org, 7000, 0, '', '', false",
        "[::1]:7000,                             ::1,       7000, 0, '', '',      false",
        "[fe80::1],                              fe80::1,   6379, 0, '', '',      false",
        "redis://cache,                          cache,     6379, 0, '', '',      false",
        "redis://cache/,                         cache,     6379, 0, '', '',      false",
        "redis://cache:7000/3,                   cache,     7000, 3, '', '',      false",
        "rediss://cache,                         cache,     6379, 0, '', '',      true",
        "REDISS://cache,                         cache,     6379, 0, '', '',      true",
        "redis://ann@cache,                      cache,     6379, 0, ann, '',     false",
        "redis://:s3cret@cache,                  cache,     6379, 0, '', s3cret,  false",
        "redis://ann:s3cret@[::1]:7000/2,        ::1,       7000, 2, ann, s3cret, false",
        "redis://a%40b:p%3A%2F+%25@cache,        cache,     6379, 0, a@b, p:/+%,  false",
        "redis://ann:p@ss:w/rd@cache,            cache,     6379, 0, ann, p@ss:w/rd, false",
      })
  void readsEveryForm(
      String text, String host, int port, int db, String user, String password, boolean tls) {
    assertThat(RedisTarget.parse(text))
        .isEqualTo(
            new RedisTarget(
                host,
                port,
                db,
                user,
                password,
                tls,
                RedisTarget.DEFAULT_TIMEOUT_MILLIS,
                TlsKeys.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":6379",
        "cache:",
        "cache:0",
        "cache:65536",
        "cache:port",
        "::1",
        "http://cache",
        "redis://",
        "redis://cache/one",
        "redis://cache?db=1",
        "cache/1",
        "two words",
        "[::1",
      })
  void refusesTheRestAndSaysWhatItTakes(String text) {
    assertThatThrownBy(() -> RedisTarget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HOST:PORT")
        .hasMessageContaining("rediss://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis://ann:s3cret@cache:0", "redis://ann:s3cret%zz@cache", "ann:s3cret@cache"})
  void anErrorDoesNotRepeatThePassword(String text) {
    assertThatThrownBy(() -> RedisTarget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void textHidesThePassword() {
    assertThat(RedisTarget.parse("redis://ann:s3cret@[::1]:7000/2"))
        .hasToString("redis://ann:***@[::1]:7000/2");
    assertThat(RedisTarget.parse("rediss://:s3cret@cache")).hasToString("rediss://:***@cache:6379");
    assertThat(RedisTarget.parse("cache")).hasToString("redis://cache:6379");
  }

  @Test
  void aLoginFillsInWhatTheAddressLeavesOut() {
    assertThat(RedisTarget.parse("cache").withDefaultLogin("ann", "s3cret"))
        .isEqualTo(RedisTarget.parse("redis://ann:s3cret@cache"));
    assertThat(RedisTarget.parse("redis://bob:own@cache").withDefaultLogin("ann", "s3cret"))
        .isEqualTo(RedisTarget.parse("redis://bob:own@cache"));
  }

  @Test
  void sparkRedisSettingsAreHonoured() {
    Map<String, String> all =
        Map.of(
            "spark.redis.host", "cache",
            "spark.redis.port", "7000",
            "spark.redis.db", "2",
            "spark.redis.user", "ann",
            "spark.redis.auth", "s3cret",
            "spark.redis.timeout", "1500",
            "spark.redis.ssl", "true");
    assertThat(RedisTarget.fromSparkConf(all))
        .contains(new RedisTarget("cache", 7000, 2, "ann", "s3cret", true, 1500, TlsKeys.DEFAULT));
    assertThat(RedisTarget.fromSparkConf(Map.of("spark.redis.port", "7000")))
        .contains(RedisTarget.of("localhost", 7000));
    assertThat(RedisTarget.fromSparkConf(Map.of("spark.redis.auth", "s3cret"))).isEmpty();
    assertThatThrownBy(() -> RedisTarget.fromSparkConf(Map.of("spark.redis.port", "x")))
        .hasMessageContaining("spark.redis.port");
  }
}
