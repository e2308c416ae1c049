"""How hard a text is to read, by published formulas; syllables are counted by rule.

English: grade of Kincaid 1975, 0.39 words/sentence + 11.8 syllables/word - 15.59.
Spanish: ease of Fernandez Huerta 1959, 206.84 - 60 syllables/word - 1.02 words/sentence, and the
INFLESZ form of Szigriszt 1993, 206.835 - 62.3 syllables/word - words/sentence (55 and more: easy).
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def sentences_of(text: str) -> list[str]:
    parts = re.split(r"[.!?:]+(?:\s|$)", text)
    return [part for part in parts if _WORD.search(part)]


def english_syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end is none, -le after a consonant is one."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word):
        groups -= 1
    if re.search(r"[^aeiouytd]ed$|[^aeiouysxzc]es$", word) and groups > 1:
        groups -= 1
    return max(groups, 1)


def spanish_syllables(word: str) -> int:
    """Vowels, less those that lean on a stronger one; i and u with an accent stand alone."""
    word = word.lower()
    word = re.sub(r"qu|gu(?=[eiéí])", lambda m: m.group()[0], word)
    word = re.sub(r"y$", "i", word)
    strong, weak = "aeoáéóíú", "iuü"
    count, before = 0, ""
    for letter in word:
        if letter in strong:
            count += not (before and before in weak)
        elif letter in weak:
            count += not before
        before = letter if letter in strong + weak else ""
    return max(count, 1)


def kincaid_grade(text: str) -> float:
    words = _WORD.findall(text)
    syllables = sum(map(english_syllables, words))
    return 0.39 * len(words) / len(sentences_of(text)) + 11.8 * syllables / len(words) - 15.59


def huerta_ease(text: str) -> float:
    words = _WORD.findall(text)
    syllables = sum(map(spanish_syllables, words))
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences_of(text))


def inflesz(text: str) -> float:
    words = _WORD.findall(text)
    syllables = sum(map(spanish_syllables, words))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / len(sentences_of(text))


def plain(text: str) -> str:
    """Without no-break spaces and the like."""
    return " ".join(unicodedata.normalize("NFC", text).split())
