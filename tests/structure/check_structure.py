# SPDX-License-Identifier: Apache-2.0
"""The arrangement of the tree, checked: arrows between folders, one home for each library, sizes, licence lines."""

import hashlib
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Whom a stage may include, beside itself: the way of the data, one direction.
ARROWS = {
    "core": set(),
    "random": {"core"},
    "model": {"random", "core"},
    "scenario": {"model", "random", "core"},
    "simulation": {"model", "random", "core"},
    "statistics": {"core"},
    "experiment": {"simulation", "statistics", "model", "random", "core"},
    "results": {"experiment", "statistics", "model", "core"},
    "report": {"results", "experiment", "statistics", "model", "core"},
}

# Where a library's headers may be included, in engine/ and tools/.
HOMES = {
    r"(boost/random|Random123/|boost/random\.hpp)": ("engine/random/",),
    r"boost/math": ("engine/statistics/",),
    r"(tbb/|oneapi/)": ("engine/experiment/",),
    r"(hdf5|H5[A-Za-z]*public|H5DS)": ("engine/results/",),
    r"(toml\+\+|toml\.hpp)": ("engine/scenario/",),
    r"CLI/": ("tools/",),
    r"(catch|rapidcheck)": (),
    r"benchmark/": ("tools/bench/",),
    r"nlohmann/": ("engine/scenario/", "engine/results/", "engine/report/", "tools/"),
    r"openssl/": ("engine/core/", "engine/results/"),
    r"duktape": ("engine/report/",),
    r"(librsvg/|cairo)": ("engine/report/",),
    r"glib": ("tools/",),
}

TOP_LEVEL = {"engine", "scenarios", "outputs", "tools", "tests", "CMakeLists.txt", "CMakePresets.json", "README.md",
             "LICENSE", "CHANGELOG.md"}
THIRD_PARTY = "engine/report/third_party/"
LONGEST_FILE = 400
LONGEST_LINE = 120


def list_files():
    """Files of the tree as git would keep them, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True)
    if listed.returncode == 0:
        names = listed.stdout.split("\0")
    else:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not str(path).startswith(f"{ROOT}/build")]
    return sorted({name for name in names if (ROOT / name).is_file() and not name.startswith(THIRD_PARTY)})


def is_script(name):
    if Path(name).suffix in {".sh", ".py"}:
        return True
    return not Path(name).suffix and (ROOT / name).open("rb").read(2) == b"#!"


FILES = list_files()
CPP = [name for name in FILES if Path(name).suffix in {".cpp", ".hpp"}]
SOURCES = CPP + [name for name in FILES if is_script(name) or name.endswith("CMakeLists.txt")]
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in FILES}


def find_lines(names, pattern):
    """Lines that match, as "file:line: text"."""
    compiled = re.compile(pattern)
    return [f"{name}:{number}: {line.strip()}" for name in names
            for number, line in enumerate(TEXTS[name].splitlines(), 1) if compiled.search(line)]


class Structure(unittest.TestCase):
    maxDiff = None

    def assert_none(self, found, message):
        if found:
            self.fail(message + "\n" + "\n".join(found))

    def test_there_is_something_to_check(self):
        self.assertGreater(len([name for name in CPP if name.startswith("engine/")]), 20)

    def test_arrows_between_stages(self):
        wrong = []
        for name in CPP:
            folder = name.split("/")
            if folder[0] != "engine":
                continue
            allowed = ARROWS[folder[1]] | {folder[1]}
            for line in find_lines([name], r'^\s*#\s*include\s+"'):
                included = re.search(r'include\s+"([^"]+)"', line).group(1)
                if "/" in included and included.split("/")[0] not in allowed:
                    wrong.append(line)
        self.assert_none(wrong, f"a stage may include only these: {ARROWS}")

    def test_one_library_one_home(self):
        used_in = [name for name in CPP if name.startswith(("engine/", "tools/"))]
        for library, homes in HOMES.items():
            away = [name for name in used_in if not name.startswith(homes or ("tests/",))]
            self.assert_none(find_lines(away, rf'#\s*include\s+[<"]{library}'), f"{library} lives in {homes or 'tests/'}")

    def test_toml_reader_in_one_file(self):
        self.assertLessEqual({line.split(":")[0] for line in find_lines(CPP, r"#\s*include\s+<toml")}, {"engine/scenario/toml_reader.cpp"})

    def test_licence_line(self):
        for name in SOURCES:
            lines = TEXTS[name].splitlines()
            first = lines[1] if lines and lines[0].startswith("#!") else (lines or [""])[0]
            self.assertRegex(first, r"^(//|#) SPDX-License-Identifier: Apache-2\.0$", name)

    def test_sizes(self):
        long = [f"{name}: {len(TEXTS[name].splitlines())} lines" for name in SOURCES
                if len(TEXTS[name].splitlines()) > LONGEST_FILE]
        self.assert_none(long, f"over {LONGEST_FILE} lines")

    def test_line_lengths(self):
        self.assert_none([f"{name}:{number}" for name in CPP
                          for number, line in enumerate(TEXTS[name].splitlines(), 1) if len(line) > LONGEST_LINE],
                         f"over {LONGEST_LINE} columns")

    def test_third_party_is_as_published(self):
        told = re.search(r"SHA-256: `(\w{64})`", (ROOT / THIRD_PARTY / "README.md").read_text(encoding="utf-8"))
        bundle = (ROOT / THIRD_PARTY / "echarts.min.js").read_bytes()
        self.assertEqual(hashlib.sha256(bundle).hexdigest(), told.group(1), "the file is not the one that README.md tells of")

    def test_headers_guard_themselves(self):
        self.assert_none([name for name in CPP if name.endswith(".hpp") and "#pragma once" not in TEXTS[name]],
                         "without #pragma once")

    def test_top_level(self):
        self.assert_none([name for name in {name.split("/")[0] for name in FILES}
                          if not name.startswith(".") and name not in TOP_LEVEL], "not at home at the top")

    def test_what_both_compilers_lack(self):
        self.assert_none(find_lines(CPP, r"#\s*include\s+<(format|expected|execution|source_location|print)>"),
                         "g++ 12 or clang 14 lacks it, or it pulls in TBB")

    def test_own_maths_in_worlds(self):
        """Nothing that a world is made of; what is expected of distributions is told to people only."""
        worlds = [name for name in CPP if name.startswith(("engine/random/", "engine/model/", "engine/simulation/"))]
        functions = "exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|tanh|erf|erfc|tgamma|lgamma|cbrt"
        for name in set(worlds) - {"engine/random/shortfall.cpp"}:
            drawn = re.sub(r"^double compute_(mean|variance)\(.*?^}", "", TEXTS[name], flags=re.MULTILINE | re.DOTALL)
            self.assertNotRegex(drawn, rf"(std::|[^\w:]::)({functions})\(", f"{name}: libm changes with the processor")
        moments = r"compute_(mean|variance|mean_shortfall|positive_mean)\(|known_means"
        self.assert_none(find_lines([name for name in worlds if name.startswith("engine/simulation/")], moments),
                         "it may use libm")
        self.assert_none(find_lines(worlds, r"boost/random/.*(normal|exponential|gamma|beta|lognormal|weibull)_dist"),
                         "a floating-point distribution of Boost's changes with the processor's libm")

    def test_no_fast_maths(self):
        lists = [name for name in FILES if name.endswith(("CMakeLists.txt", ".cmake", "CMakePresets.json"))]
        self.assert_none(find_lines(lists, r"-Ofast|-ffast-math|-funsafe-math"), "results would depend on the compiler")

    def test_no_machine_of_ours(self):
        text = [name for name in FILES if name != "LICENSE"]
        self.assert_none(find_lines(text, r"(?<![\w.])/(home|root|work|workspace|mnt|srv|Users)/"), "a path of one machine")

    def test_nothing_left_for_later(self):
        self.assert_none(find_lines(SOURCES, r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b"), "finish it or leave it out")


if __name__ == "__main__":
    unittest.main()
