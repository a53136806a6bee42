# SPDX-License-Identifier: Apache-2.0
"""kubernetes-job.yaml: every field one that Kubernetes 1.30 has, its values as the API's words demand, and its
commands run. There is no cluster here: that Kubernetes accepts and runs it is not shown.
"""

import copy
import json
import os
import subprocess
from pathlib import Path

import yaml

from templates import PERMANENT, STOPS, TemplateTest, read

FOLDER = Path(os.environ.get("VOUCH_SCHEDULE_FOLDER", "."))
OPTIONS = {"noEmit": True, "strict": True, "types": [], "module": "esnext", "moduleResolution": "bundler"}


def check_types(jobs):
    """What the types of Kubernetes' API have against these objects; several times slower for each further call."""
    (FOLDER / "jobs.ts").write_text('import {Job} from "kubernetes-types/batch/v1";\n' + "".join(
        f"export const job{i}: Job = {json.dumps(job)};\n" for i, job in enumerate(jobs)), encoding="utf-8")
    (FOLDER / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "files": ["jobs.ts"]}), encoding="utf-8")
    done = subprocess.run(["node", "node_modules/typescript/lib/tsc.js", "-p", "."], cwd=FOLDER, text=True,
                          capture_output=True, timeout=300)
    return [line for line in done.stdout.splitlines() if line] + done.stderr.splitlines()


class Kubernetes(TemplateTest):
    def setUp(self):
        super().setUp()
        self.jobs = list(yaml.safe_load_all(read("kubernetes-job.yaml")))
        self.shards, self.merge = self.jobs

    def container(self, job):
        (container,) = job["spec"]["template"]["spec"]["containers"]
        return container

    def test_fields_and_types(self):
        wrong_name, wrong_type, missing = (copy.deepcopy(self.shards) for _ in range(3))
        wrong_name["spec"]["completon"] = wrong_name["spec"].pop("completions")
        wrong_type["spec"]["podFailurePolicy"]["rules"][0]["onExitCodes"]["values"] = "1, 2"
        del self.container(missing)["name"]
        found = check_types([*self.jobs, wrong_name, wrong_type, missing])
        self.assertEqual([int(line.split("(")[1].split(",")[0]) for line in found if line.startswith("jobs.ts")], [4, 5, 6], found)

    def test_names(self):
        names = []
        for job in self.jobs:
            self.assertEqual((job["apiVersion"], job["kind"]), ("batch/v1", "Job"))
            names.append(job["metadata"]["name"])
            self.assertRegex(names[-1], r"^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$")  # an index is added to it
            volumes = {volume["name"] for volume in job["spec"]["template"]["spec"]["volumes"]}
            self.assertEqual({mount["name"] for mount in self.container(job)["volumeMounts"]}, volumes)
        text = read("kubernetes-job.yaml")
        for name in names:
            self.assertIn(f"job/{name}", text.split("apiVersion")[0])

    def test_failure_policy(self):
        for job in self.jobs:
            self.assertEqual(job["spec"]["template"]["spec"]["restartPolicy"], "Never")  # policies demand it
            actions = {}
            for rule in job["spec"]["podFailurePolicy"]["rules"]:
                self.assertEqual(len(rule), 2, "a rule has an action, and either codes or conditions")
                for condition in rule.get("onPodConditions", []):
                    self.assertEqual((rule["action"], condition), ("Ignore", {"type": "DisruptionTarget", "status": "True"}))
                if codes := rule.get("onExitCodes"):
                    self.assertEqual(codes["operator"], "In")
                    self.assertEqual(codes["values"], sorted(set(codes["values"])))
                    self.assertNotIn(0, codes["values"])
                    self.assertEqual(codes["containerName"], self.container(job)["name"])
                    actions[rule["action"]] = codes["values"]
            self.assertEqual(actions, {"FailJob": PERMANENT, "Ignore": [5, *STOPS]})

    def test_indices(self):
        spec = self.shards["spec"]
        self.assertEqual(spec["completionMode"], "Indexed")
        self.assertIn(f"auto/{spec['completions']}", self.container(self.shards)["args"])
        self.assertIn(f"of-{spec['completions']}.h5", self.container(self.merge)["args"][0])
        self.assertTrue(self.merge["spec"]["suspend"])

    def test_commands(self):
        """The shards' command with every index, in any order and one of them twice, and then the merge's."""
        (self.folder / "study.toml").write_bytes((self.folder / "scenarios" / "small.toml").read_bytes())
        shards = self.container(self.shards)
        for index in [*reversed(range(self.shards["spec"]["completions"])), 3]:
            done = self.run_here(*shards["command"], *shards["args"], JOB_COMPLETION_INDEX=str(index))
            self.assertEqual(done.returncode, 0, done.stderr)
        merge = self.container(self.merge)
        done = self.run_here(*merge["command"], *merge["args"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.run_here("vouch", "run", "study.toml", "-o", "whole.h5", "--quiet")
        self.assertEqual((self.folder / "outputs/study.h5").read_bytes(), (self.folder / "whole.h5").read_bytes())
