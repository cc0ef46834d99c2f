"""How French researchers write who speaks: each convention with the turns expected of it, and near misses that name nobody."""

from __future__ import annotations

import pytest
from transcripts_reading import doubts, read_one, roles, said

# name: (file, expected turns). Files are invented for this test.
CONVENTIONS = {
    "letter": ("E : Vous venez souvent ?\nM : Le jeudi.\n", [("E", "Vous venez souvent ?"), ("M", "Le jeudi.")]),
    "no space before the colon": ("E: Vous venez ?\nM: Oui oui.\n", [("E", "Vous venez ?"), ("M", "Oui oui.")]),
    "no-break space before the colon": ("E\u00a0: Vous venez ?\nM\u202f: Oui.\n", [("E", "Vous venez ?"), ("M", "Oui.")]),
    "role word": ("Enquêtrice : Ça commence quand ?\nEnquêtée : En avril.\n", [("Enquêtrice", "Ça commence quand ?"), ("Enquêtée", "En avril.")]),
    "role with number": ("Enq. 1 : Alors ?\nEnq. 2 : Oui, alors ?\nP3 : Euh.\n", [("Enq. 1", "Alors ?"), ("Enq. 2", "Oui, alors ?"), ("P3", "Euh.")]),
    "inclusive role": ("Enquêteur·rice : Et là ?\nEnquêté·e : Rien.\n", [("Enquêteur·rice", "Et là ?"), ("Enquêté·e", "Rien.")]),
    "numbered questions": (
        "Q1: Votre parcours ?\nR1: Long.\nQ2: Et maintenant ?\nR2: Mieux.\n",
        [("Q", "Votre parcours ?"), ("R", "Long."), ("Q", "Et maintenant ?"), ("R", "Mieux.")],
    ),
    "numbered persons": (
        "Q1 : Qui commence ?\nR1 : Moi.\nR2 : Non, moi.\nR1 : Bon.\nQ1 : Allez.\n",
        [("Q1", "Qui commence ?"), ("R1", "Moi."), ("R2", "Non, moi."), ("R1", "Bon."), ("Q1", "Allez.")],
    ),
    "abbreviation and full stop": (
        "INT. Vous dormez bien ?\nENQ. Pas trop.\nINT. Et le matin ?\nENQ. Le matin ça va.\n",
        [("INT", "Vous dormez bien ?"), ("ENQ", "Pas trop."), ("INT", "Et le matin ?"), ("ENQ", "Le matin ça va.")],
    ),
    "code and dash": (
        "P1 – On attend qui ?\nP3 – Personne.\nP1 – Bon.\nP3 – Voilà.\n",
        [("P1", "On attend qui ?"), ("P3", "Personne."), ("P1", "Bon."), ("P3", "Voilà.")],
    ),
    "full stop and dash": (
        "E.- Et vos voisins ?\nL.- Des gens bien.\nE.- Ah.\nL.- Oui.\n",
        [("E", "Et vos voisins ?"), ("L", "Des gens bien."), ("E", "Ah."), ("L", "Oui.")],
    ),
    "first names": ("Ysaline : On y va ?\nMarius : Après toi.\n", [("Ysaline", "On y va ?"), ("Marius", "Après toi.")]),
    "compound names": (
        "Marie-Ange : Bonsoir.\nJean-Noël de La Tour : Bonsoir.\nMarie-Ange : Assieds-toi.\n",
        [("Marie-Ange", "Bonsoir."), ("Jean-Noël de La Tour", "Bonsoir."), ("Marie-Ange", "Assieds-toi.")],
    ),
    "upper case": ("OLGA : On ouvre ?\nSÉVERIN : Vas-y.\nOLGA : Bien.\n", [("OLGA", "On ouvre ?"), ("SÉVERIN", "Vas-y."), ("OLGA", "Bien.")]),
    "names that are interjections": (
        "".join(f"Ben : C'est {n}.\nPS : Et {n} ?\n" for n in range(4)),
        [turn for n in range(4) for turn in (("Ben", f"C'est {n}."), ("PS", f"Et {n} ?"))],
    ),
    "one voice in two cases": ("OLGA : On ouvre ?\nLéo : Oui.\nOlga : Bien.\nOlga : Bon.\n", None),
    "title": ("Dr X. : Le dossier ?\nMme Aubin : Ici.\nDr X. : Merci.\n", [("Dr X.", "Le dossier ?"), ("Mme Aubin", "Ici."), ("Dr X.", "Merci.")]),
    "title in full": ("Docteur Sorel : Entrez.\nLe patient : Merci.\n", [("Docteur Sorel", "Entrez."), ("Le patient", "Merci.")]),
    "initials": ("C.R. : Vous disiez ?\nO.P. : Je disais.\nC.R. : Oui.\n", [("C.R.", "Vous disiez ?"), ("O.P.", "Je disais."), ("C.R.", "Oui.")]),
    "initials with spaces": ("C. R. : Vous disiez ?\nO. P. : Rien.\n", [("C. R.", "Vous disiez ?"), ("O. P.", "Rien.")]),
    "speech recognition": (
        "spk_0: vous venez d'où\nspk_1: de la côte\nspk_0: d'accord\n",
        [("spk_0", "vous venez d'où"), ("spk_1", "de la côte"), ("spk_0", "d'accord")],
    ),
    "diarisation": ("SPEAKER_00: Bonjour.\nSPEAKER_01: Bonjour.\n", [("SPEAKER_00", "Bonjour."), ("SPEAKER_01", "Bonjour.")]),
    "speakers in words": ("Speaker 1 : Bonjour.\nSpeaker 2 : Salut.\n", [("Speaker 1", "Bonjour."), ("Speaker 2", "Salut.")]),
    "lower case": (
        "ysaline: on y va\nmarius: oui\nysaline: bon\nmarius: allez\nysaline: allez\nmarius: oui\n",
        [("ysaline", "on y va"), ("marius", "oui"), ("ysaline", "bon"), ("marius", "allez"), ("ysaline", "allez"), ("marius", "oui")],
    ),
    "brackets after the name": (
        "Solène (en riant) : Toujours !\nSolène : Enfin, presque.\nE (doucement) : Oui ?\n",
        [("Solène", "Toujours !"), ("Solène", "Enfin, presque."), ("E", "Oui ?")],
    ),
    "brackets that tell apart": (
        "Participante (A) : Un.\nParticipante (B) : Deux.\nParticipante (A) : Trois.\nParticipante (B) : Quatre.\n",
        [("Participante (A)", "Un."), ("Participante (B)", "Deux."), ("Participante (A)", "Trois."), ("Participante (B)", "Quatre.")],
    ),
    "brackets around the name": ("[Chercheur] : Prêt ?\n[Bénévole] : Prêt.\n", [("Chercheur", "Prêt ?"), ("Bénévole", "Prêt.")]),
    "brackets without a colon": (
        "[Chercheur] Prêt ?\n[Bénévole] Prêt.\n[Chercheur] Bien.\n[Bénévole] Oui.\n",
        [("Chercheur", "Prêt ?"), ("Bénévole", "Prêt."), ("Chercheur", "Bien."), ("Bénévole", "Oui.")],
    ),
    "time code in the label": (
        "Solène (00:12) : Oui.\nE [00:01:02] : Et ?\nSolène (01:15) : Non.\n",
        [("Solène", "Oui."), ("E", "Et ?"), ("Solène", "Non.")],
    ),
    "time code before the label": (
        "[00:01:02] E : Et ?\n[00:01:09] Solène : Non.\n00:01:12 E : Ah.\n",
        [("E", "Et ?"), ("Solène", "Non."), ("E", "Ah.")],
    ),
    "range before the label": (
        "[00:01:02 - 00:01:05] E : Et ?\n[00:01:05 - 00:01:09] Solène : Non.\n",
        [("E", "Et ?"), ("Solène", "Non.")],
    ),
    "time code of f4": ("E : Et ? #00:00:12-4#\nS : Non. #00:00:15-1#\n", [("E", "Et ?"), ("S", "Non.")]),
    "time code after the label": ("E : [00:02:10] Et alors ?\nSolène : [00:02:12] Alors rien.\n", [("E", "Et alors ?"), ("Solène", "Alors rien.")]),
    "time code alone on its line": (
        "[00:02:10]\nE : Et alors ?\n[00:02:12]\nSolène : Alors rien.\n",
        [("E", "Et alors ?"), ("Solène", "Alors rien.")],
    ),
    "speaker on a line of its own": (
        "Camille\nVous êtes là depuis quand ?\n\nBertrand\nDepuis l'ouverture.\nEnfin presque.\n\nCamille\nD'accord.\n\nBertrand\nVoilà.\n",
        [
            ("Camille", "Vous êtes là depuis quand ?"),
            ("Bertrand", "Depuis l'ouverture. Enfin presque."),
            ("Camille", "D'accord."),
            ("Bertrand", "Voilà."),
        ],
    ),
    "speaker on a line of its own, a name for an answer": (
        "".join(f"Camille\nEt {n} ?\n\nOdette\nC'est {n}.\n\n" for n in range(6)) + "Camille\nVotre sœur ?\n\nOdette\nCamille\n\nCamille\nAh.\n",
        [turn for n in range(6) for turn in (("Camille", f"Et {n} ?"), ("Odette", f"C'est {n}."))]
        + [("Camille", "Votre sœur ?"), ("Odette", "Camille"), ("Camille", "Ah.")],
    ),
    "speaker and colon on a line of their own": (
        "Camille :\nVous êtes là depuis quand ?\nBertrand :\nDepuis l'ouverture.\n",
        [("Camille", "Vous êtes là depuis quand ?"), ("Bertrand", "Depuis l'ouverture.")],
    ),
    "speaker and time on a line of their own": (
        "[Chercheur] (0:01 - 0:11)\nOn y va ?\n\n[Bénévole] (0:12 - 0:15)\nAllons-y.\n\n[Chercheur] (0:16 - 0:18)\nBien.\n",
        [("Chercheur", "On y va ?"), ("Bénévole", "Allons-y."), ("Chercheur", "Bien.")],
    ),
    "speaker and clock on a line of their own": (
        "Speaker 1  0:03\nOn y va ?\n\nSpeaker 2  0:07\nAllons-y.\n\nSpeaker 1  0:09\nBien.\n",
        [("Speaker 1", "On y va ?"), ("Speaker 2", "Allons-y."), ("Speaker 1", "Bien.")],
    ),
    "dashes": (
        "– Vous prenez le bus ?\n– Le tram.\n– Depuis longtemps ?\n– Deux ans.\n",
        [("Voix 1", "Vous prenez le bus ?"), ("Voix 2", "Le tram."), ("Voix 1", "Depuis longtemps ?"), ("Voix 2", "Deux ans.")],
    ),
    "hyphens": (
        "- Vous prenez le bus ?\n- Le tram.\nEt le soir à pied.\n",
        [("Voix 1", "Vous prenez le bus ?"), ("Voix 2", "Le tram. Et le soir à pied.")],
    ),
    "dashes before labels": ("– E : Ça va ?\n– M : Ça va.\n", [("E", "Ça va ?"), ("M", "Ça va.")]),
    "unnamed voices": (
        "RÉMI : On tourne ?\nUne femme : Attendez.\nRÉMI : Oui.\nUn homme au fond : C'est bon.\nPlusieurs : Oui !\nL'infirmière : J'entre.\n",
        [
            ("RÉMI", "On tourne ?"),
            ("Une femme", "Attendez."),
            ("RÉMI", "Oui."),
            ("Un homme au fond", "C'est bon."),
            ("Plusieurs", "Oui !"),
            ("L'infirmière", "J'entre."),
        ],
    ),
    "two voices at once": ("LÉA : Un.\nRÉMI : Deux.\nLÉA et RÉMI : Trois !\n", [("LÉA", "Un."), ("RÉMI", "Deux."), ("LÉA et RÉMI", "Trois !")]),
    "markdown, colon inside": ("**E :** Ça va ?\n\n**Solène :** Ça va.\n", [("E", "Ça va ?"), ("Solène", "Ça va.")]),
    "markdown, colon outside": ("**E** : Ça va ?\n\n*Solène* : Ça va.\n", [("E", "Ça va ?"), ("Solène", "Ça va.")]),
    "tabulator": ("E\tÇa va ?\nS\tÇa va.\nE\tBien.\nS\tOui.\n", [("E", "Ça va ?"), ("S", "Ça va."), ("E", "Bien."), ("S", "Oui.")]),
    "numbered lines": ("1 E : Ça va ?\n2 S : Ça va.\n3 E : Bien.\n", [("E", "Ça va ?"), ("S", "Ça va."), ("E", "Bien.")]),
    "lines without label go on": (
        "E : Racontez.\nSolène : Au début rien.\nPuis tout.\n\nEt à la fin rien.\nE : Ah.\n",
        [("E", "Racontez."), ("Solène", "Au début rien. Puis tout. Et à la fin rien."), ("E", "Ah.")],
    ),
    "somebody who speaks once": (
        "E : Racontez.\nSolène : Au début rien.\nE : Oui ?\nYildiz : Pardon, je passe.\nSolène : Puis tout.\n",
        [("E", "Racontez."), ("Solène", "Au début rien."), ("E", "Oui ?"), ("Yildiz", "Pardon, je passe."), ("Solène", "Puis tout.")],
    ),
    "numbered turns": (
        "E1 : Ah ?\nL2 : Oui.\nE3 : Et ?\nL4 : Non.\nE5 : Bon.\n",
        [("E", "Ah ?"), ("L", "Oui."), ("E", "Et ?"), ("L", "Non."), ("E", "Bon.")],
    ),
    "four persons once each": (
        "P1 : Un.\nP2 : Deux.\nP3 : Trois.\nP4 : Quatre.\n",
        [("P1", "Un."), ("P2", "Deux."), ("P3", "Trois."), ("P4", "Quatre.")],
    ),
    "one code, two spacings": (
        "P 3 : Un ?\nE : Deux.\nP3 : Trois.\nP3 : Quatre.\n",
        [("P3", "Un ?"), ("E", "Deux."), ("P3", "Trois."), ("P3", "Quatre.")],
    ),
    "export with a dash after the time": (
        "[00:00:03.25] - Camille\nVous étiez où ?\n\n[00:00:07.10] - Odette\nÀ l'atelier.\n\n[00:00:09.00] - Camille\nAh.\n",
        [("Camille", "Vous étiez où ?"), ("Odette", "À l'atelier."), ("Camille", "Ah.")],
    ),
    "export with the time between": (
        "Speaker 1 [00:00:03] Vous étiez où ?\nSpeaker 2 [00:00:07] À l'atelier.\nSpeaker 1 [00:00:09] Ah.\nSpeaker 2 [00:00:11] Oui.\n",
        [("Speaker 1", "Vous étiez où ?"), ("Speaker 2", "À l'atelier."), ("Speaker 1", "Ah."), ("Speaker 2", "Oui.")],
    ),
    "export with a range above the name": (
        "0:0:3.450 --> 0:0:5.120\nCamille ROUX\nVous étiez où ?\n0:0:7.0 --> 0:0:9.2\nOdette PETIT\nÀ l'atelier.\n"
        "0:0:9.5 --> 0:0:9.9\nCamille ROUX\nAh.\n",
        [("Camille ROUX", "Vous étiez où ?"), ("Odette PETIT", "À l'atelier."), ("Camille ROUX", "Ah.")],
    ),
    "export with the time first": (
        "00:00:03 Speaker 1\nVous étiez où ?\n\n00:00:07 Speaker 2\nÀ l'atelier.\n\n00:00:09 Speaker 1\nAh.\n",
        [("Speaker 1", "Vous étiez où ?"), ("Speaker 2", "À l'atelier."), ("Speaker 1", "Ah.")],
    ),
    "decomposed accents": ("Maëlle : Oui.\nE : Ah ?\nMaëlle : Oui.\n", None),
    "legend": (
        "CR : enquêtrice\nOP : Odette P.\n\nCR : Vous reliiez ?\nOP : Des missels.\nCR : Ah.\n",
        [("CR", "Vous reliiez ?"), ("OP", "Des missels."), ("CR", "Ah.")],
    ),
}


@pytest.mark.parametrize("name", [name for name, (_, turns) in CONVENTIONS.items() if turns is not None])
def test_turns_of_each_convention(name, tmp_path):
    text, expected = CONVENTIONS[name]
    assert said(read_one(tmp_path, text)) == expected


@pytest.mark.parametrize("name", [name for name, (text, turns) in CONVENTIONS.items() if turns is not None and "\n\n" not in text])
def test_turns_stay_when_paragraphs_are_parted(name, tmp_path):
    """The same turns with a blank line between lines, with Windows line ends, and as Markdown."""
    text, expected = CONVENTIONS[name]
    if "go on" not in name and "hyphens" not in name:
        assert said(read_one(tmp_path, text.replace("\n", "\n\n"))) == expected
    assert said(read_one(tmp_path, text.replace("\n", "\r\n"))) == expected
    assert said(read_one(tmp_path, text, "T02.md")) == expected or name == "hyphens"


@pytest.mark.parametrize(
    "header", ["", "Date : 3 mai 2024\nLieu : une salle\n\n", "---\nmaterial: interview\ncode: T01\n---\n", "Corpus fictif : inventé.\n"]
)
@pytest.mark.parametrize("name", [name for name, (text, turns) in CONVENTIONS.items() if turns is not None and name != "legend"])
def test_turns_stay_under_a_header(name, header, tmp_path):
    text, expected = CONVENTIONS[name]
    assert said(read_one(tmp_path, header + text)) == expected


def test_spellings_of_one_voice(tmp_path):
    assert {speaker for speaker, _ in said(read_one(tmp_path, CONVENTIONS["one voice in two cases"][0]))} == {"Olga", "Léo"}


def test_decomposed_accents_stay_as_they_are(tmp_path):
    import unicodedata

    text = unicodedata.normalize("NFD", CONVENTIONS["decomposed accents"][0])
    transcript = read_one(tmp_path, text)
    assert transcript.text == text
    assert [unicodedata.normalize("NFC", speaker) for speaker, _ in said(transcript)] == ["Maëlle", "E", "Maëlle"]


# Lines that stand in a turn of « Solène » between two of « E »; none of them is a speaker.
SPEECH = [
    "Il m'a dit : « prends tes affaires ».",
    "Donc : j'y suis allée.",
    "Et là : plus rien.",
    "Résultat : deux mois de plus.",
    "Le problème : personne ne répond.",
    "Première chose : dormir.",
    "Moi : « laissez-moi ».",
    "Ma sœur me disait : va voir quelqu'un.",
    "Solène dit : « non ».",
    "Le médecin m'a répondu : on verra.",
    "Maman : « rien ».",
    "Le médecin : « rien ».",
    "Jean-Marc : « rien ».",
    "Une dame a demandé : « c'est ouvert ? »",
    "J'ai pensé : ça y est.",
    "L'idée : tenir.",
    "C'est simple : j'ai tout arrêté.",
    "Bref : rien.",
    "Ben : rien.",
    "Explication : la fatigue.",
    "Conclusion : je reste.",
    "Question suivante : qui paie ?",
    "12:30 on mange.",
    "14h : la visite.",
    "http://exemple.example/page",
    "À la fin : le silence.",
    "Ce qui m'aide : marcher.",
    "OK : d'accord.",
    "NB : je n'en suis pas sûre.",
    "Oui",
    "M. Aubin est passé.",
    "« Allez : debout ! » qu'il criait.",
    "- un pain",
    "Trois choses : le lit, la porte, la clé.",
    "Quand il dit ça : je pars.",
    "(Elle hésite) : bon.",
]


@pytest.mark.parametrize("line", SPEECH)
def test_a_colon_in_speech_makes_no_speaker(line, tmp_path):
    text = f"E : Racontez.\nSolène : Alors voilà.\n{line}\nEt puis c'est tout.\nE : Oui ?\nSolène : Oui.\nE : Bien.\nSolène : Voilà.\n"
    transcript = read_one(tmp_path, text)
    assert [turn.speaker for turn in transcript.turns] == ["E", "Solène", "E", "Solène", "E", "Solène"]
    inside = said(transcript)[1][1]
    assert inside.startswith("Alors voilà.") and inside.endswith("Et puis c'est tout.")


@pytest.mark.parametrize("line", SPEECH)
def test_nor_where_each_turn_is_one_paragraph(line, tmp_path):
    text = f"E : Racontez.\n\nSolène : Alors voilà.\n\n{line}\n\nE : Oui ?\n\nSolène : Oui.\n\nE : Bien.\n\nSolène : Voilà.\n"
    assert [turn.speaker for turn in read_one(tmp_path, text).turns] == ["E", "Solène", "E", "Solène", "E", "Solène"]


def test_kin_once_is_speech_among_lines_and_a_doubt_among_paragraphs(tmp_path):
    """« Une amie : … » can be either: where every paragraph is a turn it is taken for a voice, and said."""
    before, after = ["E : Racontez.", "Solène : Alors voilà."], ["E : Oui ?", "Solène : Oui.", "E : Bien.", "Solène : Voilà."]
    lines = read_one(tmp_path, "\n".join([*before, "Une amie : Josiane.", "Et puis c'est tout.", *after]))
    assert {turn.speaker for turn in lines.turns} == {"E", "Solène"}
    paragraphs = read_one(tmp_path, "\n\n".join([*before, "Une amie : Josiane.", *after]))
    assert {turn.speaker for turn in paragraphs.turns} == {"E", "Solène", "Une amie"}
    assert [doubt.line for doubt in paragraphs.doubts if doubt.key.endswith("label_once")] == [5]


def test_a_colon_that_comes_back_in_speech_makes_no_speaker(tmp_path):
    turns = "".join(f"E : Et {n} ?\nSolène : Ben.\nRésultat : {n}.\nEt là : rien.\nMoi : ah.\n" for n in range(5))
    assert {turn.speaker for turn in read_one(tmp_path, turns).turns} == {"E", "Solène"}


def test_wrapped_lines_make_no_speaker(tmp_path):
    text = (
        "E : Racontez-moi ce que disait votre sœur quand vous êtes rentrée chez vous.\n\n"
        "Solène : Elle répétait toujours la même chose, elle appelait mon père et\n"
        "Rachel : elle, elle s'enfermait, parce que chez nous on ne parlait pas de\n"
        "Noël : c'était interdit.\n\n"
        "E : Et vous ?\n\nSolène : Moi je me taisais.\n\nE : Toujours ?\n\nSolène : Toujours.\n"
    )
    transcript = read_one(tmp_path, text)
    assert {turn.speaker for turn in transcript.turns} == {"E", "Solène"}
    assert "maybe_label" in doubts(transcript)


DOCUMENTS = {
    "prose": "Le matin, on ouvre à neuf heures. Il m'a dit : venez.\n\nPuis on attend.\n",
    "facts": "Contexte : un service.\nMission : accueillir.\nBudget : modeste.\nÉquipe : trois personnes.\nHoraires : le matin.\n",
    "records": "Nom : A.\nVille : B.\nÂge : 3\n\nNom : C.\nVille : D.\nÂge : 4\n\nNom : E.\nVille : F.\nÂge : 5\n",
    "articles": "Article 1 : on écoute.\nArticle 2 : on se tait.\nArticle 3 : on revient.\n",
    "list": "À apporter :\n- un cahier\n- un stylo\n- de l'eau\n",
    "titles": "M. Aubin est venu.\nM. Sorel aussi.\nM. Petit non.\nM. Grand non plus.\nM. Roux peut-être.\n",
    "hours": "9:00 accueil\n10:30 atelier\n12:00 repas\n",
    "names": "Paul\nMarie\nJean\nPaul\nMarie\nJean\nPaul\n",
    "one line": "Bonjour tout le monde.",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_text_without_speakers_has_no_turns(name, tmp_path):
    transcript = read_one(tmp_path, DOCUMENTS[name])
    assert transcript.turns == ()
    assert transcript.material == "document"


def test_a_list_in_markdown_is_no_dialogue(tmp_path):
    items = "".join(f"- point {n}\n" for n in range(8))
    assert read_one(tmp_path, "# Ordre du jour\n\n" + items, "T01.md").turns == ()
    assert read_one(tmp_path, "# Ordre du jour\n\n" + items + "- des questions ?\n", "T02.md").turns == ()


def test_lines_in_brackets_between_turns_are_no_words(tmp_path):
    text = "E : Ça va ?\n(Rires)\nSolène : Oui.\n[Le téléphone sonne]\nEnfin si.\n[Fin de l'enregistrement]\n"
    transcript = read_one(tmp_path, text)
    assert said(transcript) == [("E", "Ça va ?"), ("Solène", "Oui. Enfin si.")]


def test_a_turn_that_is_only_brackets_stays(tmp_path):
    text = "E : Ça va ?\nSolène :\n(Rires)\nE : Bon.\nSolène : (silence)\n"
    assert said(read_one(tmp_path, text)) == [("E", "Ça va ?"), ("Solène", "(Rires)"), ("E", "Bon."), ("Solène", "(silence)")]


def test_a_label_without_words_is_left_aside_and_said(tmp_path):
    transcript = read_one(tmp_path, "E : Ça va ?\nSolène :\nE : Bon ?\nSolène : Oui.\n")
    assert [speaker for speaker, _ in said(transcript)] == ["E", "E", "Solène"]
    assert [doubt.line for doubt in transcript.doubts if doubt.key.endswith("empty_turn")] == [2]


def test_a_voice_heard_once_is_a_doubt_with_its_line(tmp_path):
    transcript = read_one(tmp_path, CONVENTIONS["somebody who speaks once"][0])
    assert [doubt.line for doubt in transcript.doubts if doubt.key.endswith("label_once")] == [4]
    assert roles(transcript) == {"E": "interviewer", "Solène": "respondent", "Yildiz": "respondent"}


def test_times(tmp_path):
    text = "[00:01:02 - 00:01:05] E : Et ?\n[01:15] Solène : Non [00:01:20] rien.\n00:01:30,5 E : Ah.\nSolène (2:05) : Voilà.\n"
    transcript = read_one(tmp_path, text)
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [(62, 65), (75, None), (90.5, None), (125, None)]
    (turn,) = [turn for turn in transcript.turns if turn.skips]
    assert [transcript.text[start:end] for start, end in turn.skips] == ["[00:01:20]"]


def test_a_time_code_on_its_own_line_belongs_to_the_next_turn(tmp_path):
    transcript = read_one(tmp_path, CONVENTIONS["time code alone on its line"][0])
    assert [turn.time_start for turn in transcript.turns] == [130, 132]
    assert not any(turn.skips for turn in transcript.turns)


def test_an_hour_in_speech_is_words(tmp_path):
    transcript = read_one(tmp_path, "E : À quelle heure ?\nSolène : À 12:30 ou 13:15.\n")
    assert said(transcript)[1] == ("Solène", "À 12:30 ou 13:15.")
