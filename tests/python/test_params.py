"""The Params are Java's: names, docs, defaults; and take what Python programs pass."""

import inspect
import re

import numpy as np
import pytest
from pyspark.errors import IllegalArgumentException

from item2vec_spark import Item2Vec, TopKEvaluator


def described(java) -> dict:
    return {param.name(): (param.doc(), java.getDefault(param).get()) for param in java.params()}


@pytest.mark.parametrize("stage", [Item2Vec, TopKEvaluator])
def test_each_param_has_the_doc_and_default_of_java(spark, stage):
    ours = stage()
    assert {p.name: (p.doc, ours.getOrDefault(p)) for p in ours.params} == described(ours._java_obj)
    for name, (_, default) in described(ours._java_obj).items():
        assert f"(default: {default}" in ours.explainParam(name) and "undefined" not in ours.explainParams()
        assert type(ours.getOrDefault(name)) is type(default), name


def test_the_models_params_are_those_of_java(model):
    assert {p.name: (p.doc, model._defaultParamMap[p]) for p in model.params} == described(model.java())


@pytest.mark.parametrize("stage", [Item2Vec, TopKEvaluator])
@pytest.mark.parametrize("method", ["__init__", "setParams"])
def test_signatures_are_keyword_only_and_state_javas_defaults(spark, stage, method):
    stated = inspect.signature(getattr(stage, method)).parameters
    ours = stage()  # kept: Java's object goes with it
    java = described(ours._java_obj)
    assert {name: p.default for name, p in stated.items() if name != "self"} == {name: default for name, (_, default) in java.items()}
    assert all(p.kind is p.KEYWORD_ONLY for name, p in stated.items() if name != "self")
    with pytest.raises(TypeError):
        stage("positional")


@pytest.mark.parametrize("stage", [Item2Vec, TopKEvaluator])
def test_each_param_has_getter_and_setter_that_names_its_default(spark, stage):
    ours = stage()
    for param in ours.params:
        value, suffix = ours.getOrDefault(param), param.name[0].upper() + param.name[1:]
        setter = getattr(ours, f"set{suffix}")
        assert setter(value) is ours and ours.isSet(param)
        assert getattr(ours, f"get{suffix}")() == value
        stated = re.search(r"default (.*)\.$", setter.__doc__)[1]
        assert stated == (f'"{value}"' if isinstance(value, str) else str(value)), param.name


def test_numbers_of_numpy_and_whole_floats_arrive_in_java(spark):
    ours = Item2Vec(vectorSize=np.int32(3), stepSize=1, sample=np.float32(0.5), shrinkWindows=np.bool_(False), seed=np.int64(2**40),
                    maxIter=2.0, minCount=np.uint8(1), architecture=np.str_("cbow"))
    ours._transfer_params_to_java()
    java = ours._java_obj
    assert (java.getVectorSize(), java.getStepSize(), java.getSample(), java.getShrinkWindows()) == (3, 1.0, 0.5, False)
    assert (java.getSeed(), java.getMaxIter(), java.getMinCount(), java.getArchitecture()) == (2**40, 2, 1, "cbow")


@pytest.mark.parametrize("wrong", [{"vectorSize": 2.5}, {"vectorSize": "8"}, {"vectorSize": 2**31}, {"seed": 2**63},
                                   {"architecture": 1}, {"shrinkWindows": 1}, {"stepSize": "0.1"}])
def test_a_value_of_another_type_is_refused_with_its_name(spark, wrong):
    with pytest.raises(TypeError, match=f'Invalid param value given for param "{next(iter(wrong))}"'):
        Item2Vec(**wrong)


def test_a_value_out_of_range_is_refused_by_java(spark, baskets):
    with pytest.raises(IllegalArgumentException, match="vectorSize given invalid value 0"):
        Item2Vec(vectorSize=0).fit(baskets)
    with pytest.raises(IllegalArgumentException, match="metricName given invalid value nope"):
        TopKEvaluator(metricName="nope", predictionCol="items").evaluate(baskets)


def test_a_copy_with_other_params_leaves_the_first(spark):
    ours = Item2Vec(vectorSize=5)
    other = ours.copy({ours.vectorSize: 6, ours.minCount: 2})
    assert (ours.getVectorSize(), other.getVectorSize(), other.getMinCount(), other.uid) == (5, 6, 2, ours.uid)
