"""What is kept, under which name and where; what is refused leaves nothing behind."""

import hashlib
import os
import threading
import time

import pytest

from hertsend.errors import RuleBroken
from hertsend.files import store
from hertsend.files.uploads import LARGEST_FILE
from plans.enums import MediaType
from tests.hertsend.files.samples import HOSTILE, SOUND, pdf


def everything_in(folder) -> list[str]:
    """Every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def age(path, *, hours: float) -> None:
    """Let a file be older than it is."""
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def content_of(digest: str) -> bytes:
    """The bytes that lie under a digest."""
    with store.opened(digest) as file:
        return file.read()


class TestReceiving:
    @pytest.mark.parametrize("case", SOUND)
    def test_a_sound_file_lies_under_its_digest(self, files, handed, case):
        name, content, media_type = SOUND[case]
        found = store.receive(handed(name, content))
        digest = hashlib.sha256(content).hexdigest()
        assert (found.media_type, found.size, found.sha256) == (media_type, len(content), digest)
        assert everything_in(files) == [f"{digest[:2]}/{digest}"]
        assert content_of(digest) == content

    @pytest.mark.parametrize("case", HOSTILE)
    def test_a_hostile_file_is_refused_and_nothing_stays(self, files, handed, case):
        with pytest.raises(RuleBroken) as refusal:
            store.receive(handed(*HOSTILE[case]))
        ((field, (sentence,)),) = refusal.value.errors.items()
        assert (field, sentence[-1]) == ("file", ".")
        assert everything_in(files) == []

    def test_there_are_some_fifty_hostile_files(self):
        assert len(HOSTILE) >= 50

    def test_only_its_owner_reads_it(self, files, handed):
        found = store.receive(handed("a.pdf", pdf()))
        assert oct(store.place_of(found.sha256).stat().st_mode & 0o777) == "0o600"
        assert oct(store.place_of(found.sha256).parent.stat().st_mode & 0o777) == "0o700"

    def test_the_same_bytes_lie_there_once(self, files, handed):
        first, second = (store.receive(handed(name, pdf())) for name in ("a.pdf", "b.pdf"))
        assert (first.name, second.name) == ("a.pdf", "b.pdf")
        assert first.sha256 == second.sha256
        assert len(everything_in(files)) == 1

    @pytest.mark.parametrize("told", [None, 1])
    def test_a_file_past_the_limit_is_refused_whatever_size_it_tells(self, files, handed, told):
        upload = handed("a.txt", b"x" * (LARGEST_FILE + 1))
        upload.size = told or upload.size
        with pytest.raises(RuleBroken) as refusal:
            store.receive(upload)
        assert refusal.value.errors == {"file": ["The file must be 20 MB or smaller."]}
        assert everything_in(files) == []

    def test_a_file_at_the_limit_is_kept(self, files, handed):
        assert store.receive(handed("a.txt", b"x" * LARGEST_FILE)).size == LARGEST_FILE

    def test_a_sender_that_breaks_off_leaves_nothing(self, files, handed):
        upload = handed("a.pdf", pdf())

        def parts(chunk_size=None):
            yield b"%PDF-"
            raise ConnectionResetError

        upload.chunks = parts
        with pytest.raises(ConnectionResetError):
            store.receive(upload)
        assert everything_in(files) == []

    def test_the_kept_types_are_those_of_the_plan(self):
        assert set(store.names.EXTENSIONS) == set(MediaType.values)

    @pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63])
    def test_what_is_no_digest_leads_nowhere(self, files, digest):
        with pytest.raises(ValueError, match="Not the digest"):
            store.place_of(digest)

    def test_a_file_that_is_gone_is_told(self, files):
        assert not store.is_in_place("0" * 64)
        with pytest.raises(store.FileIsGone):
            store.opened("0" * 64)


class TestSweeping:
    def test_what_no_row_claims_goes_after_a_day_and_not_before(self, files, handed):
        kept, old, fresh = (
            store.receive(handed("a.txt", text)).sha256 for text in (b"kept", b"old", b"fresh")
        )
        for digest in (kept, old):
            age(store.place_of(digest), hours=25)
        draft = files / "incoming" / "broken-off"
        draft.write_bytes(b"half")
        assert store.sweep(lambda digests: {kept} & set(digests)) == 1
        assert draft.exists()
        age(draft, hours=25)
        assert store.sweep(lambda digests: {kept} & set(digests)) == 1
        assert everything_in(files) == sorted(f"{each[:2]}/{each}" for each in (kept, fresh))

    def test_bytes_that_are_handed_in_again_while_it_sweeps_stay(self, files, handed):
        digest = store.receive(handed("a.txt", b"again")).sha256
        age(store.place_of(digest), hours=25)

        def claimed(digests):
            store.receive(handed("a.txt", b"again"))
            return set()

        assert store.sweep(claimed) == 0
        assert content_of(digest) == b"again"

    @pytest.mark.slow
    def test_a_hundred_sweeps_beside_a_hundred_senders_take_no_fresh_file(self, files, handed):
        stop = threading.Event()

        def sweeping():
            while not stop.is_set():
                store.sweep(lambda digests: set())

        sweeper = threading.Thread(target=sweeping)
        sweeper.start()
        try:
            for number in range(100):
                text = f"file {number % 3}".encode()
                digest = store.receive(handed("a.txt", text)).sha256
                assert wait_for(digest) == text
                age(store.place_of(digest), hours=25)
        finally:
            stop.set()
            sweeper.join()


def wait_for(digest: str) -> bytes:
    """The bytes, also where a sweep has them in hand for a moment and puts them back."""
    for _ in range(1000):
        try:
            return content_of(digest)
        except store.FileIsGone:
            time.sleep(0.001)
    return b""
