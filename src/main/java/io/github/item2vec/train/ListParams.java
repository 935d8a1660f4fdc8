package io.github.item2vec.train;

import io.github.item2vec.recommend.Scores;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lists that {@code transform} adds besides the profile; off unless {@link #predictionCol} is set.
 * Estimator and model share them. So an {@link Item2Vec} can be measured by {@code CrossValidator},
 * and a client of Spark Connect gets recommendations and similar items.
 */
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface ListParams<E extends ListParams<E>> extends Params {
  /** Similar items: by the mean cosine with the row's items. */
  String COSINE = "cosine";

  /** By the product of profile and output vector, see {@link Scores#PRODUCT}. */
  String PRODUCT = "product";

  /** The same order with probabilities as scores, see {@link Scores#PROBABILITY}. */
  String PROBABILITY = "probability";

  /** The Params themselves, made once for each estimator or model. */
  record Declared(
      Param<String> predictionCol, Param<String> scoresCol, Param<String> scoring, IntParam k)
      implements Serializable {}

  /** Makes the Params, with their defaults. */
  static Declared declare(Params owner) {
    return new Declared(predictionCol(owner), scoresCol(owner), scoring(owner), k(owner));
  }

  /** What {@link #declare} has made. */
  Declared listParams();

  /** Param: column for lists, array of string, best first, null without a profile; empty = none. */
  default Param<String> predictionCol() {
    return listParams().predictionCol();
  }

  /** Value of {@link #predictionCol()}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Sets {@link #predictionCol()}; default none. */
  default E setPredictionCol(String value) {
    return (E) set(predictionCol(), value);
  }

  private static Param<String> predictionCol(Params owner) {
    Param<String> predictionCol =
        new Param<>(
            owner,
            "predictionCol",
            "column for lists of the k best items that the row does not hold, array of strings;"
                + " empty = none");
    owner.setDefault(predictionCol, "");
    return predictionCol;
  }

  /** Param: column for the scores of the lists, array of float, falling; empty = none. */
  default Param<String> scoresCol() {
    return listParams().scoresCol();
  }

  /** Value of {@link #scoresCol()}. */
  default String getScoresCol() {
    return getOrDefault(scoresCol());
  }

  /** Sets {@link #scoresCol()}; default none. */
  default E setScoresCol(String value) {
    return (E) set(scoresCol(), value);
  }

  private static Param<String> scoresCol(Params owner) {
    Param<String> scoresCol =
        new Param<>(
            owner, "scoresCol", "column for the scores of the lists, array of float; empty = none");
    owner.setDefault(scoresCol, "");
    return scoresCol;
  }

  /** Param: what the lists are ordered by: product, probability or cosine. */
  default Param<String> scoring() {
    return listParams().scoring();
  }

  /** Value of {@link #scoring()}. */
  default String getScoring() {
    return getOrDefault(scoring());
  }

  /** Sets {@link #scoring()}; default product. */
  default E setScoring(String value) {
    return (E) set(scoring(), value);
  }

  private static Param<String> scoring(Params owner) {
    Param<String> scoring =
        new Param<>(
            owner,
            "scoring",
            "scores of the lists: product, probability, or cosine with the row's items (similar"
                + " items)",
            ParamRange.oneOf(List.of(PRODUCT, PROBABILITY, COSINE)));
    owner.setDefault(scoring, PRODUCT);
    return scoring;
  }

  /** Param: length of the lists (> 0); a list is shorter only when there are fewer items. */
  default IntParam k() {
    return listParams().k();
  }

  /** Value of {@link #k()}. */
  default int getK() {
    return (int) getOrDefault(k());
  }

  /** Sets {@link #k()}; default 10. */
  default E setK(int value) {
    return (E) set(k(), value);
  }

  private static IntParam k(Params owner) {
    IntParam k = new IntParam(owner, "k", "length of the lists (> 0)", ParamRange.atLeast(1));
    owner.setDefault(k, 10);
    return k;
  }

  /** The schema with the columns of the lists, which must be new. */
  default StructType withLists(StructType schema) {
    if (getPredictionCol().isEmpty()) {
      if (!getScoresCol().isEmpty()) {
        throw new IllegalArgumentException(
            "scoresCol = %s: needs a predictionCol".formatted(getScoresCol()));
      }
      return schema;
    }
    ColumnParams.requireNew(schema, "predictionCol", getPredictionCol());
    StructType lists =
        schema.add(getPredictionCol(), DataTypes.createArrayType(DataTypes.StringType, false));
    if (getScoresCol().isEmpty()) {
      return lists;
    }
    ColumnParams.requireNew(lists, "scoresCol", getScoresCol());
    return lists.add(getScoresCol(), DataTypes.createArrayType(DataTypes.FloatType, false));
  }
}
