# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The stages of tools/check, and how they are counted. A stage is a function stage_NAME that runs under set -e
# in a shell of its own, and tells what it tried by count_passed, count_failed and count_tests.

count_passed() { echo "1 0" >> "$counts"; }

count_failed() {
  printf 'FAILED: %s\n' "$*"
  echo "0 1 $*" >> "$counts"
}

# run_tests DIRECTORY [ctest options]: a run of CTest, each test counted. No test at all is an error.
run_tests() {
  local directory=$1 report total passed
  shift
  report=$PWD/$directory/tests.xml
  rm -f "$report"
  ctest --test-dir "$directory" --output-on-failure --no-tests=error --parallel "$(count_processors)" \
    --output-junit "$report" "$@" || true
  [[ -s $report ]] || die "CTest left no report in $directory: no test was run"
  total=$(grep -c '<testcase ' "$report" || true)
  passed=$(grep -c '<testcase .*status="run"' "$report" || true)  # all else failed, or could not even be started
  ((total > 0)) || die "no test was run in $directory"
  echo "$passed $((total - passed)) tests of $directory" >> "$counts"
}

# run_stages NAME...: runs them one after the other whatever fails, and tells the sum.
run_stages() {
  local name started status before passed=0 failed=0 good bad words
  counts=$(mktemp)
  trap 'rm -f "$counts"' EXIT
  for name in "$@"; do
    printf '== %s\n' "$name"
    started=$SECONDS
    before=$(wc -l < "$counts")
    set +e
    (set -euo pipefail; "stage_${name//-/_}")
    status=$?
    set -e
    if ((status != 0)); then
      count_failed "stage $name stopped with status $status"
    elif (($(wc -l < "$counts") == before)); then
      count_failed "stage $name checked nothing"
    fi
    printf '== %s: %d s\n' "$name" $((SECONDS - started))
  done
  while read -r good bad words; do
    passed=$((passed + good)) failed=$((failed + bad))
    if ((bad > 0)); then printf 'failed: %d (%s)\n' "$bad" "$words"; fi
  done < "$counts"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0 && passed > 0))
}

stage_tests() {
  configure build check
  build build
  run_tests build
}

stage_shell() {
  local script
  while read -r script; do
    if shellcheck --severity=warning --external-sources "$script"; then count_passed; else count_failed "shellcheck $script"; fi
  done < <(grep -rlE '^#!.*(bash|/sh)' tools tests .ci)
}

stage_address_sanitizer() { source tests/race/check_memory; }
stage_thread_sanitizer() { source tests/race/check_threads; }
stage_planted_faults() { source tests/faults/check_faults; }

stage_unattended() {
  configure build check
  build build vouch
  local row
  while read -r row; do
    if VOUCH=build/vouch tests/faults/prove "$row"; then count_passed; else count_failed "tests/faults/$row"; fi
  done < <(tests/faults/prove --list)
}

stage_bare_root() { if tests/journeys/check_bare_root; then count_passed; else count_failed "bare root"; fi; }
stage_figure() { if tests/journeys/check_figure; then count_passed; else count_failed "a figure from Python"; fi; }
stage_r() { if tests/journeys/check_r; then count_passed; else count_failed "reading results from R"; fi; }

stage_schedule() {
  command -v npm > /dev/null || install_packages npm
  if tests/schedule/check_schedule; then count_passed; else count_failed "templates for schedulers"; fi
}

stage_browser() {
  command -v npm > /dev/null || install_packages npm  # where it came from elsewhere, apt's would not go beside it
  if tests/browser/check_browser; then count_passed; else count_failed "reports in a browser"; fi
}
