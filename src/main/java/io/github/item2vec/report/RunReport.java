package io.github.item2vec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * A run as one page to read: template, style, script and chart library from this jar's {@code
 * report/}, and the run's data as one block of JSON. The page asks for nothing else. Pure; driver
 * only.
 */
public final class RunReport {
  private static final String[] BASE = {
    "echarts.common.min.js", "page.js", "charts.js", "export.js"
  };

  private static final String[] RUN = {
    "sections.js", "segments.js", "results.js", "landmarks.js", "map.js", "study.js", "main.js"
  };

  private static final String[] COMPARISON = {"comparison.js"};

  private RunReport() {}

  /**
   * The page of a run. Sections whose fields are not there, as in a failed run, are left out.
   *
   * @param data {@code run}, the fields of run.json, and what the page shows besides: {@code
   *     redis}, {@code longTail}, {@code map}, {@code users}, {@code titles}, {@code study}, each
   *     optional
   */
  public static String html(JsonNode data) {
    return html(data, RUN);
  }

  /**
   * The page of two runs that are compared.
   *
   * @param data {@code first} and {@code second}, the runs, and what differs between them: {@code
   *     settings}, {@code users}, {@code metrics}, {@code lists}, {@code titles}
   */
  public static String comparison(JsonNode data) {
    return html(data, COMPARISON);
  }

  private static String html(JsonNode data, String[] own) {
    StringBuilder scripts = new StringBuilder();
    Stream.concat(Stream.of(BASE), Stream.of(own))
        .forEach(
            script -> scripts.append("<script>\n").append(resource(script)).append("</script>\n"));
    String[] parts = resource("template.html").split("<!-- (?=style|data|scripts)", 4);
    return parts[0]
        + "<style>\n"
        + resource("report.css")
        + "</style>"
        + afterMark(parts[1])
        + "<script type=\"application/json\" id=\"data\">"
        + json(data)
        + "</script>"
        + afterMark(parts[2])
        + scripts
        + afterMark(parts[3]);
  }

  private static String afterMark(String part) {
    return part.substring(part.indexOf("-->") + "-->".length());
  }

  /** Nothing in it can end the script element: every &lt; of a text is written as its number. */
  private static String json(JsonNode data) {
    return data.toString().replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = RunReport.class.getResourceAsStream("/report/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
