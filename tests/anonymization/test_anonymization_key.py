"""The key: encrypted, authenticated to the last byte, readable by its owner alone, and enough to give the same pseudonyms again."""

from __future__ import annotations

import os

import pytest
from anonymization_marks import corpus_of, person

from peerqual import Key
from peerqual.anonymization import anonymize
from peerqual.anonymization.key import _HEADER
from peerqual.errors import KeyFileError

MARKED = {
    "Kervandec": "[[PER:Maëlle Kervandec]] : À [[LOC:Lyon]], le [[DATE:3 mai 1998]], à l'[[ORG:UNAFAM]], ma {dépression}.",
    "E02": "[[PER:Yaya]] : Avec [[PER:Maëlle]] au [[ORG:lycée X]], sous [[MED:Prozac]].",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A key that was used once, and what it gave."""
    path = tmp_path_factory.mktemp("study") / "private" / "study.key"
    key = Key.create(path, passphrase="des mots à moi")
    assert not path.exists()
    corpus, mentions = corpus_of(MARKED, [person("P1", "E02:Yaya")])
    return path, corpus, mentions, anonymize(corpus, mentions, key=key)


def test_same_key_same_bytes(saved):
    path, corpus, mentions, study = saved
    for _ in range(2):
        again = anonymize(corpus, mentions, key=Key.open(path, passphrase="des mots à moi"))
        assert again.transcripts == study.transcripts and again.participants == study.participants
        assert again.originals == study.originals and again.maps == study.maps and again.plan == study.plan


def test_another_secret_gives_other_pseudonyms(saved):
    _, corpus, mentions, study = saved
    others = {anonymize(corpus, mentions)[0].text for _ in range(4)}
    assert len(others) > 1 and study[0].text not in others


def test_the_key_leads_back(saved):
    path, corpus, _, study = saved
    key = Key.open(path, passphrase="des mots à moi")
    assert key.originals == study.originals and key.maps == dict(study.maps)
    for transcript in study:
        original = corpus.by_id()[key.originals[transcript.id]]
        assert key.maps[transcript.id].to_original(len(transcript.text), "end") == len(original.text)


def test_only_its_owner_reads_it_and_no_name_shows(saved):
    path = saved[0]
    if os.name == "posix":
        assert oct(path.stat().st_mode)[-3:] == "600" and oct(path.parent.stat().st_mode)[-3:] == "700"
    data = path.read_bytes()
    for word in ("Maëlle", "Kervandec", "Lyon", "Yaya", "secret", "entities", Key.open(path, passphrase="des mots à moi").secret.hex()):
        assert word.encode() not in data
    assert [file.name for file in path.parent.iterdir()] == ["study.key"]
    assert "Kervandec" not in repr(Key.open(path, passphrase="des mots à moi"))


def test_a_folder_that_exists_keeps_its_rights(tmp_path):
    tmp_path.chmod(0o755)
    Key.create(tmp_path / "k.key", passphrase="x").save()
    assert oct(tmp_path.stat().st_mode)[-3:] == "755"


def refused(path, passphrase="des mots à moi"):
    with pytest.raises(KeyFileError) as fault:
        Key.open(path, passphrase=passphrase)
    message = str(fault.value)
    assert "\n" not in message and path.name in message
    return fault.value.key


def test_wrong_passphrase_no_key_not_a_key(saved, tmp_path):
    assert refused(saved[0], "des mots à toi") == "anonymization.wrong_passphrase"
    assert refused(saved[0], "") == "anonymization.wrong_passphrase"
    assert refused(tmp_path / "none.key") == "anonymization.no_key"
    assert refused(tmp_path) == "anonymization.no_key"
    (tmp_path / "text.key").write_text("bonjour" * 20)
    assert refused(tmp_path / "text.key") == "anonymization.not_a_key"


@pytest.mark.parametrize("place", ["magic", "salt", "check", "nonce", "first", "middle", "tag", "cut", "more", "half"])
def test_no_byte_can_be_changed(saved, tmp_path, place):
    data = bytearray(saved[0].read_bytes())
    at = {"magic": 3, "salt": 20, "check": 35, "nonce": 50, "first": _HEADER, "middle": len(data) // 2, "tag": len(data) - 1}
    if place in at:
        data[at[place]] ^= 1
    changed = {"cut": data[:-1], "more": data + b"x", "half": data[: _HEADER // 2]}.get(place, data)
    (tmp_path / "changed.key").write_bytes(bytes(changed))
    wanted = {"magic": "not_a_key", "half": "not_a_key", "salt": "wrong_passphrase", "check": "wrong_passphrase"}.get(place, "key_tampered")
    assert refused(tmp_path / "changed.key") == f"anonymization.{wanted}"


def test_a_key_is_never_overwritten_nor_without_passphrase(saved, tmp_path):
    for path, passphrase, name in ((saved[0], "x", "key_exists"), (tmp_path / "new.key", "", "empty_passphrase")):
        with pytest.raises(KeyFileError) as fault:
            Key.create(path, passphrase=passphrase)
        assert fault.value.key == f"anonymization.{name}"
    assert not (tmp_path / "new.key").exists()


def test_accents_of_a_passphrase_may_be_typed_either_way(tmp_path):
    Key.create(tmp_path / "k.key", passphrase="e\u0301te\u0301").save()
    assert Key.open(tmp_path / "k.key", passphrase="été").secret


def test_two_saves_never_share_a_nonce(tmp_path):
    key = Key.create(tmp_path / "k.key", passphrase="x")
    key.save()
    first = key.path.read_bytes()
    key.save()
    second = key.path.read_bytes()
    assert first[: _HEADER - 12] == second[: _HEADER - 12] and first[_HEADER - 12 : _HEADER] != second[_HEADER - 12 : _HEADER]
    assert Key.open(key.path, passphrase="x").secret == key.secret
