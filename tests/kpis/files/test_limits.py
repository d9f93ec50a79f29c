"""No file takes more than 256 MB or ten seconds, nor gets anything but cells or a sentence out of the reader."""

import contextlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kpis.files.reading import BadFile, read_cells
from tests.kpis.files.specimens import BAD, GOOD, specimen

HEAVY = (
    *(name for name in GOOD if "million" in name),
    *("many rows", "many cells", "a million line breaks in a cell"),
    *("a bomb", "a bomb that lies", "a bomb of many parts", "nested bombs"),
    *("entities in a sheet", "a cell at the end of the world", "repeated for ever in ods"),
    *("a million empty rows and nothing else", "NUL inside", "only NUL"),
)
MEASURING = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
import child

def peak():
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) for line in told if line.startswith("VmHWM")) // 1024

content = sys.stdin.buffer.read()
before = peak()
child.limit()
try:
    child.read(content)
except (child.Refused, MemoryError):
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([peak() - before, used.ru_utime + used.ru_stime]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_heavy_stays_within_256_megabytes_and_ten_seconds(name):
    """Measured in a process like that of the reader; one that its limits end has kept them, too."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURING, str(Path("kpis/files").resolve())],
        input=specimen(name),
        capture_output=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        assert name in BAD, done.stderr
        return
    megabytes, seconds = json.loads(done.stdout)

    assert megabytes <= 256
    assert seconds <= 10


MUTATING = """
import random, sys, time
sys.path.insert(0, sys.argv[1])
import child
child.limit()
content, seed = sys.stdin.buffer.read(), int(sys.argv[2])
chance = random.Random(seed)
for number in range(int(sys.argv[3])):
    broken = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(broken))
        how = chance.random()
        if how < 0.6:
            broken[place] = chance.randrange(256)
        elif how < 0.8:
            del broken[place : place + chance.randint(1, 40)]
        else:
            broken[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 40)))
        if not broken:
            break
    start = time.process_time()
    try:
        child.read(bytes(broken))
    except child.Refused as refused:
        assert str(refused).endswith("."), refused
    except BaseException as error:
        assert not isinstance(error, (KeyboardInterrupt, SystemExit)), error
    assert time.process_time() - start < 10, (seed, number)
print("read")
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_two_thousand_broken_files_are_read_or_refused_within_the_limits(kind, seed):
    """The reader's own code under its own limits: where it were to crash, so would this process."""
    done = subprocess.run(
        [sys.executable, "-c", MUTATING, str(Path("kpis/files").resolve()), str(seed), "167"],
        input=specimen(kind),
        capture_output=True,
        timeout=300,
        check=False,
    )

    assert done.stdout.strip() == b"read", done.stderr.decode()[-2000:]


@pytest.mark.slow
def test_a_broken_file_through_the_whole_way_is_cells_or_one_sentence():
    chance = random.Random(7)
    for content in map(specimen, ("csv", "xlsx", "ods")):
        for _ in range(8):
            broken = bytearray(content)
            for _ in range(12):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            with contextlib.suppress(BadFile):
                assert isinstance(read_cells(bytes(broken)), list)
