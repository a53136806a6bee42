# SPDX-License-Identifier: Apache-2.0
"""A real Slurm of two nodes on this machine's loopback, in a folder of its own and without systemd: munged with its own
key and socket, slurmctld and two slurmd, on free ports. Another Slurm or munge of the machine is neither used nor
disturbed. Whatever was started is ended again, by process id.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

NODES = ("n1", "n2")
PROGRAMS = ("munged", "slurmctld", "slurmd")
CONFIGURATION = """
ClusterName=vouch
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmctldPort={ports[0]}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmdSpoolDir={folder}/%n
StateSaveLocation={folder}/state
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
SlurmdTimeout=10
ReturnToService=2
JobRequeue=1
NodeName=n1 NodeAddr=127.0.0.1 NodeHostname={host} Port={ports[1]} CPUs=1 RealMemory=4096
NodeName=n2 NodeAddr=127.0.0.1 NodeHostname={host} Port={ports[2]} CPUs=1 RealMemory=4096
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=60 State=UP
"""
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
LIBC = ctypes.CDLL(None)


def find_program(name):
    """Where it is: Debian keeps daemons where not every user looks."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def list_missing():
    return [name for name in PROGRAMS if find_program(name) is None]


def find_free_ports(count):
    """Ports that nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def read_parents():
    """The parent of every process, by process id; zombies are left out."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:  # it has ended meanwhile
            continue
        if state != "Z":
            parents[int(stat.parent.name)] = int(parent)
    return parents


def list_descendants(ancestor):
    parents = read_parents()
    found, added = set(), {ancestor}
    while added:
        added = {child for child, parent in parents.items() if parent in added} - found
        found |= added
    return found


def is_on_node(process, node):
    try:
        return f"SLURMD_NODENAME={node}".encode() in Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def kill(process, with_signal=signal.SIGKILL):
    try:
        os.kill(process, with_signal)
    except ProcessLookupError:
        pass


class Slurm:
    """To be used in a `with`; `environment` is what Slurm's commands need."""

    def __init__(self):
        self.daemons = {}
        self.folder = None
        self.environment = {}

    def __enter__(self):
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)  # what daemons leave behind becomes a child of this process
        for signal_number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(signal_number, lambda number, _: (_ for _ in ()).throw(SystemExit(128 + number)))
        try:
            for _ in range(3):  # somebody may have taken a port meanwhile
                if self.try_to_start():
                    return self
                log = self.read_logs()
                self.stop()
            raise RuntimeError(f"Slurm did not start:\n{log}")
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def try_to_start(self):
        self.folder = Path(tempfile.mkdtemp(prefix="vouch-slurm-"))
        self.folder.chmod(0o755)  # munged demands that everybody may reach its socket
        (self.folder / "state").mkdir()
        key = self.folder / "munge.key"
        key.touch(0o600)
        key.write_bytes(os.urandom(128))
        configuration = self.folder / "slurm.conf"
        configuration.write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], user=pwd.getpwuid(os.geteuid()).pw_name, folder=self.folder,
            ports=find_free_ports(1 + len(NODES))), encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM", "SBATCH"))}
        self.environment = kept | {"SLURM_CONF": str(configuration)}
        self.start("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.folder}/munge.socket",
                   f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/munged.log",
                   f"--seed-file={self.folder}/munged.seed", name="munged")
        if not self.wait_for(lambda: (self.folder / "munge.socket").exists(), 10):
            return False
        self.start("slurmctld", "-D", "-i", name="slurmctld")
        for node in NODES:
            self.start_node(node)
        return self.wait_for(lambda: self.ask("sinfo", "-hN", "-o", "%T").split() == ["idle"] * len(NODES), 20)

    def start(self, program, *arguments, name):
        with (self.folder / f"{name}.out").open("ab") as log:
            self.daemons[name] = subprocess.Popen(
                [find_program(program), *arguments], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=lambda: LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL))

    def start_node(self, node):
        self.start("slurmd", "-D", "-N", node, name=node)

    def kill_node(self, node):
        """Ends a node as if its power had gone: its slurmd, and what its tasks are made of."""
        parents = read_parents()
        tasks = {process for process in list_descendants(os.getpid()) if is_on_node(process, node)}
        minders = {parents[process] for process in tasks} - {os.getpid()}  # their slurmstepd
        for process in tasks | minders | {self.daemons[node].pid}:
            kill(process)
        self.daemons[node].wait()
        return len(tasks)

    def wait_for(self, holds, seconds):
        """Whether it held in time; no longer than the daemons live."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return True
            if any(daemon.poll() is not None for daemon in self.daemons.values()):
                return False
            time.sleep(0.05)
        return False

    def ask(self, *command, cwd=None, timeout=20):
        """What a command of Slurm printed; nothing if it failed."""
        try:
            done = subprocess.run(command, env=self.environment, cwd=cwd, text=True, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            return ""
        return done.stdout if done.returncode == 0 else ""

    def read_jobs(self):
        """Every job that Slurm remembers, as a dictionary of what scontrol tells of it."""
        lines = self.ask("scontrol", "show", "job", "-o").splitlines()
        return [dict(word.partition("=")[::2] for word in line.split()) for line in lines if line.startswith("JobId=")]

    def read_logs(self):
        logs = sorted(self.folder.glob("*.out")) + sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}: {line}" for log in logs
                         for line in log.read_text(errors="replace").splitlines()[-8:])

    def stop(self):
        """Ends everything that was started, jobs and all, and removes the folder."""
        for daemon in self.daemons.values():
            kill(daemon.pid)
            daemon.wait()
        self.daemons = {}
        for _ in range(1000):
            for process in (remaining := list_descendants(os.getpid())):
                kill(process)
            if not remaining:
                break
            time.sleep(0.01)
        self.reap()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    @staticmethod
    def reap():
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
