"""The measured shapes as workflows of Toil (Python), run as: shapes.py STORE SHAPE JOBS."""
import os
import sys

from toil.common import Toil
from toil.job import Job

SMALL = {"cores": 1, "memory": "100M", "disk": "100M"}
FILE_SIZE = 10_000_000


def nothing(job):
    return None


def hello(job):
    return "Hello, world!"


def fan_out(job, jobs):
    for _ in range(jobs):
        job.addChildJobFn(nothing, **SMALL)


def chain(job, left):
    if left > 0:
        job.addChildJobFn(chain, left - 1, **SMALL)


def binary_strings(job, depth, message=""):
    if depth == 0:
        return [message]
    parts = [job.addChildJobFn(binary_strings, depth - 1, message + bit, **SMALL).rv() for bit in "01"]
    return job.addFollowOnJobFn(merge, parts, **SMALL).rv()


def merge(job, strings):
    return strings[0] + strings[1]


def write_file(job):
    path = job.fileStore.getLocalTempFile()
    with open(path, "wb") as handle:
        handle.write(b"x" * FILE_SIZE)
    return job.fileStore.writeGlobalFile(path)


def read_file(job, file_id):
    return os.path.getsize(job.fileStore.readGlobalFile(file_id))


def files(job, jobs):
    for _ in range(jobs):
        writer = job.addChildJobFn(write_file, **SMALL)
        writer.addChildJobFn(read_file, writer.rv(), **SMALL)


def main():
    store, shape, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    options = Job.Runner.getDefaultOptions(store)
    options.logLevel = "OFF"
    options.clean = "always"
    options.disableProgress = True
    roots = {
        "hello": Job.wrapJobFn(hello, **SMALL),
        "fanout": Job.wrapJobFn(fan_out, jobs, **SMALL),
        "chain": Job.wrapJobFn(chain, jobs, **SMALL),
        "binarystrings": Job.wrapJobFn(binary_strings, jobs, **SMALL),
        "files": Job.wrapJobFn(files, jobs, **SMALL),
    }
    with Toil(options) as toil:
        toil.start(roots[shape])


if __name__ == "__main__":
    main()
