package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A configuration file of the user's: UTF-8, not large, HOCON, or by its name JSON or Java
 * properties. It may include other files, and nothing from the network. Driver only.
 */
final class ConfigFile
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** Bytes, so that nothing large is read: a character takes three of them at most. */
  private static final int LARGEST = 3 * ConfigText.LONGEST;

  private static final int DEEPEST_INCLUDE = 16;

  private final File file;
  private final int depth;

  private ConfigFile(File file, int depth) {
    this.file = file;
    this.depth = depth;
  }

  /**
   * Parses a file.
   *
   * @param source what named the file, for the message when there is none
   * @throws ConfigException when it is missing, too large, no UTF-8 or refused by {@link
   *     ConfigText}
   */
  static Config parse(String path, String source) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new ConfigException(source + ": no such file: " + path);
    }
    return new ConfigFile(file, 0).parse();
  }

  /** The same from the bytes of a file, which need not be there. */
  static Config parse(File file, byte[] bytes) {
    return new ConfigFile(file, 0).parse(bytes);
  }

  private Config parse() {
    if (file.length() > LARGEST) {
      throw bad("%d bytes, must be at most %d".formatted(file.length(), LARGEST));
    }
    try {
      return parse(Files.readAllBytes(file.toPath()));
    } catch (IOException e) {
      throw new ConfigException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Config parse(byte[] bytes) {
    ConfigSyntax syntax = syntax();
    String text = text(bytes);
    ConfigText.check(file.getPath(), text, syntax == ConfigSyntax.CONF);
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(syntax)
            .setOriginDescription(file.getPath())
            .setIncluder(this);
    return ConfigText.parse(text, options);
  }

  private ConfigSyntax syntax() {
    String name = file.getName();
    return name.endsWith(".json")
        ? ConfigSyntax.JSON
        : name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }

  private String text(byte[] bytes) {
    requireNoZeros(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": not UTF-8; save it as UTF-8", e);
    }
  }

  /** UTF-16 has zeros in every ASCII character. */
  private void requireNoZeros(byte[] bytes) {
    for (byte value : bytes) {
      if (value == 0) {
        throw bad("holds zero bytes, as UTF-16 does; save it as UTF-8");
      }
    }
  }

  private ConfigException bad(String what) {
    return new ConfigException(file + ": " + what);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (what.contains("://")) {
      throw network(what);
    }
    File named = new File(what);
    return includeFile(
        context,
        named.isAbsolute() ? named : new File(file.getAbsoluteFile().getParentFile(), what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File included) {
    if (depth == DEEPEST_INCLUDE) {
      throw bad("include: more than %d files deep".formatted(DEEPEST_INCLUDE));
    }
    if (!included.isFile()) {
      throw bad("include: no such file: " + included);
    }
    return new ConfigFile(included, depth + 1).parse().root();
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw network(what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw bad("include classpath(\"%s\"): give a file".formatted(what));
  }

  private ConfigException network(String what) {
    return bad(
        "include \"%s\": a configuration is not fetched from an address; copy it and include the file"
            .formatted(what));
  }
}
