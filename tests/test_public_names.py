"""The public surface is frozen: this list changes only on purpose, with the changelog."""

import importlib
import inspect

import peerqual as pq

PUBLIC = """
Code Codebook Coding Corpus Edit Key Memo Mention OffsetMap Participant PeerqualError StudyFolder Transcript Turn Variables __version__
adjudicated_codings agreement agreement_among agreement_by_pair anonymize audit by_process claim_verbatims claims code code_answers
code_appearance code_by_document code_by_group code_decisions code_neighbours code_sequences code_tree codings_by_coder compare_claims
concordance confusions cooccurrence decide_codes decide_names disagreements draw_sample evaluate excerpts find_identifiers framework_matrix
group_tests information_power init judged_units learn memos_table merge_codes modality_table name_decisions negative_cases new_information
portrait positions propose_variables qualifier_table read replace_diagnoses report results_table review_codes review_names risk run show
sourced_figures theme_frequencies turn_positions undo_codes undo_names update variables_table verbatims withdraw
""".split()


def test_public_names_are_these():
    assert sorted(pq.__all__) == sorted(PUBLIC)


def test_every_public_name_is_there_and_documented():
    for name in pq.__all__:
        thing = getattr(pq, name)
        if name != "__version__":
            assert inspect.getdoc(thing), f"pq.{name} has no docstring"


def test_spacy_components_are_registered():
    from importlib.metadata import entry_points

    for entry in entry_points(group="spacy_factories"):
        if entry.name.startswith("peerqual"):
            assert callable(entry.load())
    importlib.import_module("spacy").blank("fr").add_pipe("peerqual_identifiers")
