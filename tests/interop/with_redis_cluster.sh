#!/usr/bin/env bash
# A Redis Cluster of three masters while a publish runs: a master killed with a replica to take over, one killed without, a
# node that has joined another cluster. About a minute; starts and stops its own servers.
set -euo pipefail
cd "$(dirname "$0")/../.."
ITEM2VEC_REDIS_CLUSTER=1 ./mvnw -B -ntp -q test -Dtest=ClusterFaultsTest -Dsurefire.failIfNoSpecifiedTests=false
