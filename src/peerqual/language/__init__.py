"""All that is French: the one place where a spaCy `Language` is built, sentences of speech, lemmas, qualifiers, lexicons, typography.

Nothing here knows of transcripts or codes. Word lists are data files in ``data/``, apart from the algorithms.
"""
