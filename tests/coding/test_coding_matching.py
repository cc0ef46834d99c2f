"""The compiled matcher against naive ones: a regular expression over one character a word, every combination of hits, a coder without shortcuts."""

import itertools
import re

from coding_books import book
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.codebook_expressions import parse
from peerqual.coding.coder import coder
from peerqual.coding.compiled import compile_rules
from peerqual.coding.matching import Hit, find, near, pieces, positions
from peerqual.coding.words import Lexer, lemmas, tokenize
from peerqual.language.fold import fold

WORDS = "donner donnait aider aide seul seule seules pas de espoir espoirs l'espoir peut-être dire".split()
TOKENS = {word: [fold(token) for token in tokenize(word)] for word in WORDS}

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
choice = st.one_of(st.sampled_from(WORDS), st.sampled_from(["aid*", "esp*", "do*", "l'es*"]))
place = st.builds(lambda choices, optional: "|".join(choices) + "?" * optional, st.lists(choice, min_size=1, max_size=3), st.booleans())


@st.composite
def expressions(draw):
    places = draw(st.lists(place, min_size=1, max_size=4))
    places[draw(st.integers(0, len(places) - 1))] = draw(choice)  # one must stand
    return "".join(one + (draw(st.sampled_from([" ", " ", " … "])) if i < len(places) - 1 else "") for i, one in enumerate(places))


# --- the oracle: each token is a character, an expression a regular expression over them --------------------------------


def holds(token, word, prefix):
    names = {token, *map(fold, lemmas(token))}
    return any(name.startswith(word) for name in names) if prefix else word in names


def regex(expression, tokens):
    alphabet = {token: chr(0x4E00 + i) for i, token in enumerate(sorted(set(tokens)))}

    def one(word, prefix):
        cut = [fold(token) for token in tokenize(word)]
        sets = [[char for token, char in alphabet.items() if holds(token, part, prefix and part == cut[-1])] for part in cut]
        return "".join(f"([{''.join(chars)}])" if chars else "(?!)" for chars in sets)

    parts = []
    for word in parse(expression):
        parts.append(".{0,3}?" if word.gap else "")
        parts.append("(?:" + "|".join(one(*choice) for choice in word.choices) + ")" + "?" * word.optional)
    return re.compile("".join(parts)), "".join(alphabet[token] for token in tokens)


def naive(expression, tokens):
    pattern, line = regex(expression, tokens)
    hits = []
    for i in range(len(line)):
        match = pattern.match(line, i)
        own = tuple(match.start(g) for g in range(1, pattern.groups + 1) if match.start(g) >= 0) if match else ()
        if own:
            hits.append(Hit(i, own[-1] + 1, own))
    return hits


@settings(max_examples=300, deadline=None)
@given(expressions(), texts)
def test_an_expression_is_found_where_a_regular_expression_finds_it(expression, words):
    program = compile_rules(book(("c", [{"lemmas": expression}])), tokenize)
    text = " ".join(words)
    lexer = Lexer(program)
    sentence = lexer.sentence(text, lexer.stretches(text))
    (search,) = program.searches
    tokens = [token for word in words for token in TOKENS[word]]
    assert find(search.steps, sentence.words, positions(sentence.words)) == naive(expression, tokens)


spans = st.builds(lambda start, size: Hit(start, start + size, tuple(range(start, start + size))), st.integers(0, 12), st.integers(1, 3))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(spans, min_size=1, max_size=5), min_size=2, max_size=3), st.integers(1, 10), st.booleans())
def test_near_against_every_combination(places, within, ordered):
    expected = {}
    for chosen in itertools.product(*places):
        start, end = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
        apart = sum(len(hit.own) for hit in chosen) == len({i for hit in chosen for i in hit.own})
        in_order = all(a.end <= b.start for a, b in itertools.pairwise(chosen))
        if end - start <= within and (in_order if ordered else apart):
            expected[start] = min(expected.get(start, end), end)
    hits = near([sorted(hits) for hits in places], within, ordered)
    assert {hit.start: hit.end for hit in hits} == expected
    assert [hit.start for hit in hits] == sorted(expected)


# --- a coder without shortcuts ------------------------------------------------------------------------------------------

phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
any_rule = st.one_of(
    st.builds(lambda some: {"phrase": some}, st.lists(phrases, min_size=1, max_size=2)),
    st.builds(lambda some: {"lemmas": some}, st.lists(expressions(), min_size=1, max_size=3)),
    st.builds(
        lambda places, within, ordered: {"near": places, "within": within, "ordered": ordered},
        st.lists(st.lists(expressions(), min_size=1, max_size=2), min_size=2, max_size=3),
        st.integers(1, 6),
        st.booleans(),
    ),
)
unless = st.one_of(st.none(), expressions())


def naive_phrase(phrase, tokens):
    wanted = [token for word in phrase.split() for token in TOKENS[word]]
    return [Hit(i, i + len(wanted), tuple(range(i, i + len(wanted)))) for i in range(len(tokens)) if tokens[i : i + len(wanted)] == wanted]


def naive_rule(rule, tokens):
    if rule.get("unless") and naive(rule["unless"], tokens):
        return False
    if "phrase" in rule:
        return any(naive_phrase(phrase, tokens) for phrase in rule["phrase"])
    if "lemmas" in rule:
        return any(naive(expression, tokens) for expression in rule["lemmas"])
    places = [sorted(hit for expression in place for hit in naive(expression, tokens)) for place in rule["near"]]
    return bool(near(places, rule["within"], rule["ordered"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(any_rule, unless), min_size=1, max_size=5), texts)
def test_what_is_skipped_could_not_hit(rules, words):
    rules = [{**rule, **({"unless": but} if but else {})} for rule, but in rules]
    codebook = book(*((f"c{i}", [rule]) for i, rule in enumerate(rules)))
    tokens = [token for word in words for token in TOKENS[word]]
    expected = {f"c{i}" for i, rule in enumerate(rules) if naive_rule(rule, tokens)}
    assert {coding.code for coding in coder(codebook).code_words(" ".join(words))} == expected


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 12)), max_size=4))
def test_pieces_are_runs_of_the_same_words(owns):
    runs = pieces(set().union(*owns))
    assert [i for first, last in runs for i in range(first, last + 1)] == sorted(set().union(*owns))
    assert all(b[0] - a[1] > 1 for a, b in itertools.pairwise(runs))
