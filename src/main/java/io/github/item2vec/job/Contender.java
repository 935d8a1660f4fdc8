package io.github.item2vec.job;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model that stands in the comparison.
 *
 * @param name as in the configuration
 * @param params that it was trained with
 * @param vectorBytes memory of what scores, 0 for popularity
 * @param lists of all users
 */
record Contender(String name, Map<String, Object> params, long vectorBytes, Dataset<Row> lists) {}
