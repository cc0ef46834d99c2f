"""Finding identifiers: invented sentences with exact marks, hits beside near misses; what the corpus teaches; the keep list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peerqual.anonymization.find import find, find_disorders, find_in_text
from peerqual.language.lexicons import lexicon, rows
from peerqual.model import LABELS, TIERS, Corpus, Mention, Participant, Transcript, Turn

DATA = Path(__file__).parent / "data"
MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")


def marked(name: str) -> list:
    """The lines of a file of marked sentences, each with its section: (text, [(start, end, label)])."""
    cases, section = [], ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line and not line.startswith("#"):
            cases.append(pytest.param(*unmark(line), id=f"{section}-{len(cases)}"))
    return cases


def unmark(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, at = "", [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return (text + line[at:]).replace("⏎", "\n"), spans


def spans(mentions: tuple[Mention, ...]) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.label) for m in mentions]


def found(text: str, *, keep: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(m.label, text[m.start : m.end]) for m in find(Corpus((Transcript("T", text),)), keep=keep)]


@pytest.mark.parametrize(("text", "expected"), [*marked("find_dev.txt"), *marked("find_numbers.txt"), *marked("contacts.txt")])
def test_marked_sentences(text, expected):
    assert spans(find_in_text(text)) == expected


def test_the_marked_sentences_are_many_and_hold_near_misses():
    sentences, numbers = marked("find_dev.txt"), marked("find_numbers.txt")
    assert len(sentences) >= 250 and len(numbers) >= 150
    assert sum(not case.values[1] for case in sentences) >= 80
    assert {label for case in (*sentences, *numbers) for _, _, label in case.values[1]} == set(LABELS)


def test_every_mention_has_a_label_a_tier_and_a_reason():
    for case in marked("find_dev.txt"):
        for mention in find_in_text(case.values[0]):
            assert mention.label in LABELS and mention.tier in TIERS
            assert re.fullmatch(r"[a-z]+(\.[a-z_]+)?", mention.source)
            assert mention.entity == ""


def test_a_name_met_in_one_transcript_is_found_in_the_others():
    corpus = Corpus((Transcript("A", "Je suis allé voir Wenceslas au local."), Transcript("B", "Oui. Wenceslas. Voilà, comme je disais.")))
    assert [(m.document, m.start, m.end, m.label) for m in find(corpus)] == [("A", 18, 27, "PER"), ("B", 5, 14, "PER")]
    assert find_in_text("Oui. Wenceslas. Voilà, comme je disais.") == ()


def test_what_propagates_is_a_name_and_not_an_ordinary_word():
    text = "J'ai connu Rose au foyer. Roses et tulipes. J'aime les roses. La rose est fanée. Rose, elle, est venue."
    assert found(text) == [("PER", "Rose"), ("PER", "Rose")]


def test_accents_and_case_do_not_hide_a_name():
    assert found("On a vu Zénaïde hier soir. Puis ZENAIDE est partie.") == [("PER", "Zénaïde"), ("PER", "ZENAIDE")]


def test_the_most_telling_place_labels_a_name_everywhere():
    text = "J'étais à l'hôpital Bel-Air. On m'a ramenée à Bel-Air en mai."
    assert found(text) == [("HOSP", "hôpital Bel-Air"), ("HOSP", "Bel-Air")]


def test_names_of_files_and_of_the_participants_table_help():
    text = "Oui. Wenceslas. Voilà, comme je disais. Quentric."
    assert found(text) == []
    corpus = Corpus((Transcript("E04_Wenceslas_mars", text),), (Participant("P1", {"nom": "Quentric", "association": "Voilà"}),))
    assert [text[m.start : m.end] for m in find(corpus)] == ["Wenceslas", "Quentric"]


def test_speaker_labels_are_names_unless_roles_or_codes():
    text = "E : Oui ?\nWenceslas : Non.\nP3 : Si.\nEnquêtrice : Bon.\nWenceslas : Peut-être."
    turns = tuple(Turn(m[1], None, "respondent", m.start(2), m.end(2)) for m in re.finditer(r"(\w+) : (.*)", text))
    mentions = find(Corpus((Transcript("T", text, turns),)))
    assert [(text[m.start : m.end], m.label, m.source) for m in mentions] == [("Wenceslas", "PER", "speaker.label")] * 2


def test_a_label_that_tells_somebody_without_a_name_is_none():
    text = "Une dame du fond : Non.\nUne voisine, Denise : Si.\nFond : Bon."
    turns = tuple(Turn(m[1], None, "other", m.start(2), m.end(2)) for m in re.finditer(r"(.+?) : (.*)", text))
    mentions = find(Corpus((Transcript("T", text, turns),)))
    assert [(m.start, text[m.start : m.end]) for m in mentions] == [(text.index("Denise"), "Denise"), (text.index("Fond"), "Fond")]


def test_kept_names_are_found_in_any_case_and_stay_apart():
    text = "Le GEM et l'unafam, c'est l'alcool qui m'y a menée."
    assert found(text, keep=("GEM", "UNAFAM", "alcool")) == [("ORG", "GEM"), ("ORG", "unafam"), ("ORG", "alcool")]
    assert found(text) == []
    mentions = find(Corpus((Transcript("T", text),)), keep=("gem",))
    assert [(m.source, m.tier) for m in mentions] == [("keep", "auto")]


def test_the_longest_name_takes_the_disorder_in_it():
    assert found("J'ai appelé France Dépression ce matin.") == [("ORG", "France Dépression")]
    assert found("La dépression revient ce matin.") == [("DIAG", "dépression")]


def test_a_social_security_number_is_sure_with_its_key_only():
    tiers = {
        text: find_in_text(f"mon numéro {text} voilà")[0].tier for text in ("2 55 08 14 168 025 38", "2 55 08 14 168 025 39", "1 85 05 2A 006 084 35")
    }
    assert tiers == {"2 55 08 14 168 025 38": "auto", "2 55 08 14 168 025 39": "review", "1 85 05 2A 006 084 35": "auto"}


def test_disorders_alone_leave_the_rest():
    text = "Nadine est bipolaire, elle habite Tulle, c'est du toc."
    assert [(m.label, text[m.start : m.end]) for m in find_disorders(text)] == [("DIAG", "bipolaire")]


def test_a_transcript_without_capitals_follows_the_corpus():
    names, more = (Transcript(name, "alors j'ai vu Wenceslas au marché et puis on a bu un café avec Solène\net voilà\n" * 3) for name in "AC")
    plain = Transcript("B", "moi je regarde kaboul à la télé et puis voilà quoi")
    assert [m.document for m in find(Corpus((names, plain, more)))] == ["A"] * 6 + ["C"] * 6
    assert [m.label for m in find(Corpus((plain,)))] == ["LOC"]


def test_lexicons_are_as_large_as_promised():
    least = {"first_names": 2000, "surnames": 3000, "places": 2500, "disorders": 500, "drugs": 250, "organisations": 300}
    assert {name: len(set(lexicon(name))) for name in least if len(set(lexicon(name))) < least[name]} == {}
    named = [entry for entry, kind in rows("organisations") if not kind.startswith("generic")]
    assert len(named) + len(rows("institution_words")) >= 300


@pytest.mark.parametrize(
    "text, hidden",
    [
        ("Puis Z. répond tout bas. Z. répare la lampe.", ["Z.", "Z."]),
        ("Le plan Z. répare tout.", []),
        ("On a la vitamine C. C'est bon.", []),
    ],
)
def test_initials_accepted_once_are_found_at_a_sentence_s_start(text, hidden):
    assert [text[m.start : m.end] for m in find_in_text(text)] == hidden


def test_a_voice_called_by_letters_is_found_in_the_header_too():
    text = "Entretien avec Zoubida Kerjean (ZK)\nCOP de mars, ZKO\n\nZK : Bonjour.\n"
    at = text.index("Bonjour")
    corpus = Corpus((Transcript("E", text, (Turn("ZK", None, "respondent", at, at + 8),), material="interview"),))
    assert [text[m.start : m.end] for m in find(corpus)].count("ZK") == 2
