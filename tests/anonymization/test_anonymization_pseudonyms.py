"""Pseudonyms: gender, generation and origin are kept; couples share; participants choose; codes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from anonymization_marks import corpus_of, person
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.anonymization import anonymize, plan
from peerqual.anonymization.assignments import Assignments
from peerqual.anonymization.connotations import first_names, heard, surname_origin, surnames
from peerqual.anonymization.grammar import begins_with_vowel
from peerqual.anonymization.names import gender, norm
from peerqual.errors import PeerqualError, UsageError
from peerqual.language import lexicons
from peerqual.language.fold import fold

ORIGINS = {
    *("", "maghreb", "afrique", "antilles", "turquie", "orient", "juif", "iberie", "italie", "slave", "grece-armenie", "asie-est", "asie-sud"),
    *("anglo", "germanique", "quebec", "bretagne", "basque", "occitan", "corse"),
}
OFTEN = ("", "maghreb", "iberie", "italie", "slave")


def key_of(secret=bytes(32)):
    return SimpleNamespace(assignments=Assignments(secret=secret))


def names_of(marked, participants=(), key=None, **options):
    """Return the replacement of each mention, in order."""
    corpus, mentions = corpus_of({"d": marked}, participants)
    made = plan(corpus, mentions, key=key or key_of(), **options)
    return [made.replacements["d", m.start, m.end] for m in made.mentions]


def given_rows():
    return {name: [*told, "", ""][:3] for name, *told in map(list, lexicons.rows("pseudonyms_first_names"))}


# --- the lists -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("listed, at", [("first_names", 3), ("pseudonyms_first_names", 3), ("surnames", 1), ("pseudonyms_surnames", 1)])
def test_origins_are_a_closed_set_and_no_name_comes_twice(listed, at):
    rows = lexicons.rows(listed)
    assert {row[at] if len(row) > at else "" for row in rows} <= ORIGINS
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize("listed", ["first_names", "pseudonyms_first_names"])
def test_genders_and_generations_are_known_letters(listed):
    for name, told, *more in lexicons.rows(listed):
        generation = more[0] if more else ""
        assert told in ("f", "m", "x") and "".join(sorted(set(generation) & set("abc"))) == generation, name
        assert generation or listed == "first_names", name


def test_no_pseudonym_asks_for_an_elision_or_is_a_common_word():
    words = lexicons.words("frequent_words") | lexicons.words("relations")
    for name in (*lexicons.lexicon("pseudonyms_first_names"), *lexicons.lexicon("pseudonyms_surnames")):
        assert not begins_with_vowel(name) and fold(name)[0] not in "hy" and fold(name) not in words, name


def test_pools_are_fair_where_names_are_often_met():
    for origin in OFTEN:
        for told in "fm":
            for generation in "abc":
                pool = first_names(told, generation, origin)[0]
                assert len(pool) >= 12, (told, generation, origin)
        assert len(surnames(origin)[0]) >= 12
    assert {len(first_names(g, "", o)[-1]) > 50 for o in ORIGINS for g in "fm"} == {True}


def test_lists_say_one_thing_of_a_name_that_is_real_and_given():
    for name, (told, generation, origin) in given_rows().items():
        known = heard(norm(name)) if norm(name) in {norm(n) for n in lexicons.lexicon("first_names")} else None
        if known is not None:
            assert known.origin in (origin, "") and (not known.generation or set(known.generation) & set(generation)), name
            assert "x" in (told, gender(norm(name))) or told == gender(norm(name)), name


# --- what is kept ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "real, told, generation, origin",
    [
        ("Rachida", "f", "ab", "maghreb"),
        ("Mohamed", "m", "abc", "maghreb"),
        ("Fatoumata", "f", "abc", "afrique"),
        ("Giuseppe", "m", "ab", "italie"),
        ("João", "m", "bc", "iberie"),
        ("Agnieszka", "f", "b", "slave"),
        ("Mehmet", "m", "ab", "turquie"),
        ("Simone", "f", "a", ""),
        ("Sandrine", "f", "b", ""),
        ("Enzo", "m", "c", "italie"),
        ("Chloé", "f", "c", ""),
        ("Nolwenn", "f", "bc", "bretagne"),
        ("Mireille", "f", "ab", ""),
        ("Loïc", "m", "b", ""),
        ("Maguelone", "f", "abc", "occitan"),
    ],
)
def test_a_first_name_keeps_gender_generation_and_origin(real, told, generation, origin):
    for n in range(12):
        (new,) = names_of(f"[[PER:{real}]] dort", key=key_of(bytes([n] * 32)))
        assert new != real and norm(new)[0] != norm(real)[0]
        row = given_rows()[new]
        assert row[0] == told and row[2] == origin and set(row[1]) & set(generation), (real, new)


def test_a_surname_keeps_its_origin_and_an_unknown_one_takes_its_bearers():
    origins = {row[0]: "".join(row[1:]) for row in lexicons.rows("pseudonyms_surnames")}
    for n in range(8):
        known, unknown, french = names_of("[[PER:Luc Diallo]], [[PER:Rachid Xabdani]], [[PER:Luc Martin]]", key=key_of(bytes([n] * 32)))
        assert origins[known.split()[1]] == "afrique" and origins[unknown.split()[1]] == "maghreb" and origins[french.split()[1]] == ""


def test_an_unknown_first_name_takes_the_origin_of_the_surname():
    corpus_says = names_of("ma sœur [[PER:Xawelle Benali]]")[0].split()[0]
    assert given_rows()[corpus_says][0] == "f" and given_rows()[corpus_says][2] == "maghreb"


def test_a_couple_keeps_sharing_its_surname_whatever_their_first_names():
    one, other, both = names_of("[[PER:Rachid Sorel]] et [[PER:Sandrine Sorel]], les [[PER:Sorel]]")
    assert one.split()[1] == other.split()[1] == both and one.split()[0] != other.split()[0]


def test_five_hundred_persons_five_hundred_pseudonyms():
    firsts = [name for name, told, *_ in lexicons.rows("first_names") if told in "fm" and " " not in name and "-" not in name][::5][:500]
    lasts = [name for name in lexicons.lexicon("surnames") if " " not in name and "-" not in name and norm(name) not in map(norm, firsts)][::5][:500]
    people = [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]
    new = names_of(", ".join(f"[[PER:{name}]]" for name in people))
    assert len(set(new)) == len({norm(name) for name in people}) == 500
    real = {norm(part) for name in people for part in name.split()}
    assert real.isdisjoint(norm(part) for name in new for part in name.split())


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.lists(st.sampled_from(lexicons.lexicon("first_names")), unique=True, min_size=1, max_size=12))
def test_one_key_one_answer(secret, names):
    marked = ", ".join(f"[[PER:{name}]]" for name in names)
    assert names_of(marked, key=key_of(secret)) == names_of(marked, key=key_of(secret))


# --- the participant's own choice ------------------------------------------------------------------------------------


def test_the_pseudonym_that_a_participant_has_chosen_is_used():
    people = [person("P1", "d:Maëlle", pseudonym="Zouzou"), person("P2", "d:Karim Benali", pseudonyme="Tarik Soltane")]
    new = names_of("[[PER:Maëlle]] : Bonjour, [[PER:Karim Benali]]. Mme [[PER:Benali]], [[PER:MAËLLE]].", people)
    assert new == ["Zouzou", "Tarik Soltane", "Soltane", "ZOUZOU"]


def test_a_choice_replaces_what_was_given_before_and_takes_it_from_others():
    key = key_of()
    mine, other = names_of("[[PER:Maëlle]] voit [[PER:Sophie]]", key=key)
    again = names_of("[[PER:Maëlle]] voit [[PER:Sophie]]", [person("P1", "d:Maëlle", pseudonym=other)], key=key)
    assert again[0] == other and again[1] not in (mine, other)


@pytest.mark.parametrize("choice", ["Sophie", "sophie", "Zaza Diallo"])
def test_a_choice_that_is_somebodys_real_name_is_refused(choice):
    with pytest.raises(PeerqualError) as fault:
        names_of("[[PER:Maëlle]] voit [[PER:Sophie Diallo]]", [person("P1", "d:Maëlle", pseudonym=choice)])
    assert fault.value.key == "anonymization.chosen_is_real" and "Sophie" not in str(fault.value)


def test_two_participants_may_not_choose_the_same():
    people = [person("P1", "d:Maëlle", pseudonym="Zouzou"), person("P2", "d:Karim", pseudonym="ZOUZOU")]
    with pytest.raises(PeerqualError) as fault:
        names_of("[[PER:Maëlle]] voit [[PER:Karim]]", people)
    assert fault.value.key == "anonymization.chosen_twice"


def test_the_column_is_not_handed_on():
    corpus, mentions = corpus_of({"d": "Maëlle : Bonjour, [[PER:Karim]]."}, [person("P1", "d:Maëlle", pseudonym="Zouzou", sex="f")])
    assert dict(anonymize(corpus, mentions).participants[0].attributes) == {"sex": "f"}


# --- codes -----------------------------------------------------------------------------------------------------------


def test_codes_tell_persons_apart_and_are_the_participants_ids():
    marked = (
        "[[PER:Maëlle Kervandec]] : Et [[PER:Karim]], d'[[PER:Inès]], Mme [[PER:Kervandec]] et [[PER:M.K.]] à [[LOC:Lyon]], chez [[ORG:Les Amarres]]."
    )
    corpus, mentions = corpus_of({"d": marked}, [person("Maëlle K", "d:Maëlle Kervandec")])
    study = anonymize(corpus, mentions, names="codes")
    mine = study.participants[0].id
    assert mine == "P01" and study[0].text.startswith("P01 : Et P02, de P03, Mme P01 et P01 à")
    assert study[0].text.endswith(" à [ville A], chez [organisation A].") and "Kervandec" not in study[0].text


def test_codes_are_found_again_and_do_not_disturb_pseudonyms():
    key = key_of()
    pseudonyms = names_of("[[PER:Maëlle]] et [[PER:Karim]]", key=key)
    from peerqual.anonymization.levels import levels_of

    codes = names_of("[[PER:Maëlle]] et [[PER:Karim]]", key=key, levels=levels_of(names="codes"))
    assert codes == names_of("[[PER:Karim]] et [[PER:Maëlle]]", key=key, levels=levels_of(names="codes"))[::-1] == ["P01", "P02"]
    assert names_of("[[PER:Maëlle]] et [[PER:Karim]]", key=key) == pseudonyms


def test_a_participant_who_comes_later_takes_nobodys_code():
    key = SimpleNamespace(assignments=Assignments(secret=bytes(32)), remember=lambda *_: None, save=lambda: None)
    corpus, mentions = corpus_of({"d": "[[PER:Maëlle]] et [[PER:Karim]]"})
    assert anonymize(corpus, mentions, key=key, names="codes")[0].text == "P01 et P02"
    corpus, mentions = corpus_of({"e": "Zoé : J'ai vu [[PER:Sophie]]."}, [person("Zoé Martin", "e:Zoé")])
    assert anonymize(corpus, mentions, key=key, names="codes").participants[0].id == "P03"


def test_an_unknown_way_to_call_people_is_told():
    corpus, mentions = corpus_of({"d": "[[PER:Maëlle]]"})
    with pytest.raises(UsageError, match="pseudonyms, codes"):
        anonymize(corpus, mentions, names="numbers")


def test_surnames_that_are_ordinary_in_france_have_no_origin():
    assert (surname_origin("martin"), surname_origin("diallo"), surname_origin("xyz")) == ("", "afrique", None)
