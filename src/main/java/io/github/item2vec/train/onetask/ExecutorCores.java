package io.github.item2vec.train.onetask;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;

/** How many cores an executor has, as far as the driver can know. */
public final class ExecutorCores {
  /** All processors of the executor's machine, which only the executor can count. */
  static final int ALL = 0;

  /** Spark's local masters: local, local[N], local[N, failures], local-cluster[N, cores, MB]. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "local(?:\\[(\\*|\\d+)(?:,.*)?])?|local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,.*");

  private ExecutorCores() {}

  public static int of(SparkContext spark) {
    Matcher local = LOCAL.matcher(spark.master());
    if (local.matches()) {
      String cores = local.group(1) == null ? local.group(2) : local.group(1);
      return cores == null ? 1 : cores.equals("*") ? ALL : Integer.parseInt(cores);
    }
    boolean standalone = spark.master().startsWith("spark://");
    return spark.conf().getInt("spark.executor.cores", standalone ? ALL : 1);
  }
}
