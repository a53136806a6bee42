#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One study as an array of shards on a Slurm cluster, and then their merge. Copy this file to a folder that every node
# sees, edit the lines that end in EDIT, and start it there, on a login node: bash slurm-array.sh
# The same again does whatever is not done yet.
#SBATCH --job-name=vouch
#SBATCH --cpus-per-task=4       # threads of a shard                                        EDIT
#SBATCH --mem=4G                # memory of a shard and of the merge: see README.md         EDIT
#SBATCH --time=04:00:00         # what is not done by then goes on in another turn          EDIT
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%A_%a.log
set -euo pipefail

program=vouch                   # or its path                                               EDIT
scenario=study.toml             #                                                           EDIT
results=outputs/study.h5        #                                                           EDIT
shards=100                      # fewer than the cluster's MaxArraySize                     EDIT
most_restarts=20                # of one shard, after time limits and I/O errors

submit() {
  local array
  mkdir -p "$(dirname "$results")"
  array=$(sbatch --parsable --array="1-$shards" "$0" shard)
  array=${array%%;*}
  sbatch --parsable --job-name=vouch-merge --output=%x-%j.log --dependency="afterok:$array" \
    --kill-on-invalid-dep=yes "$0" merge
}

# This job's name for scontrol and squeue. One task of an array bears the number of the whole array: not by that.
job=${SLURM_ARRAY_JOB_ID:+${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID}
job=${job:-${SLURM_JOB_ID:-}}

# Ends the job with vouch's exit code, or queues it again where that can help: 4 is a failing disk or share, 5 the time
# limit. Stops from outside (130, 143) are Slurm's own: it requeues after a preemption, and not after scancel.
finish() {
  local code=$1
  if ((code == 4 || code == 5)) && ((${SLURM_RESTART_COUNT:-0} < most_restarts)); then
    scontrol requeue "$job"
    sleep 300  # until Slurm ends this turn
  fi
  exit "$code"
}

run_shard() {
  local end limit=() code=0
  # vouch stops in good order a minute before Slurm would stop it.
  if end=$(date -d "$(squeue --noheader --job "$job" --format %e)" +%s 2> /dev/null); then
    end=$((end - $(date +%s) - 60))
    if ((end > 0)); then limit=(--time-limit "${end}s"); fi
  fi
  "$program" run "$scenario" -o "$results" --shard "auto/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" \
    "${limit[@]}" --quiet || code=$?
  finish "$code"
}

run_merge() {
  local code=0
  "$program" merge "${results%.h5}".shard-*-of-"$shards".h5 -o "$results" --quiet || code=$?
  finish "$code"
}

case ${1:-submit} in
  submit) submit ;;
  shard) run_shard ;;
  merge) run_merge ;;
  *) echo "usage: bash $0" >&2 && exit 2 ;;
esac
