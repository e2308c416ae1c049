"""One spelling for each word: case, accents, punctuation, British or American, inflection.

Everything here works on text alone and knows nothing of findings.
"""

import re
import unicodedata
from functools import lru_cache

#: Longer phrases are cut here: nobody writes one finding in more, and time stays bounded.
LONGEST_PHRASE = 600

_SIGNS = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": " - ", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00d7": "x", "\u00b0": " deg ",
    "\u00ba": " deg ", "\u2265": ">=", "\u2264": "<=", "\u2248": "~", "\u00b5": "u",
    "\u03bc": "u", "\u03b1": " alpha ", "\u00b1": " or ", "\u2192": " to ", "\u00bd": ".5",
    "\u00b2": "2", "\u00b3": "3", "\u2079": "9", "\u00df": "ss", "\u00f8": "o", "\u00e6": "ae",
    "\u0153": "oe",
}  # fmt: skip
_TRANSLATION = str.maketrans(_SIGNS)

#: (literals of which the text must hold one, pattern, replacement), in this order, on lower-case
#: text: what a single word cannot show. The literals are there for speed only.
_REWRITES = tuple(
    (tuple(literals.split("|")), re.compile(pattern), replacement)
    for literals, pattern, replacement in (
        ("#", r"#", " fracture "),  # also keeps the sign free to mark quantities
        (
            "can't|cant|cannot|can not|can no|couldn|could not",
            r"\b(?:can'?t|can ?not|couldn'?t|could not|can no longer)\b",
            " unable ",
        ),
        ("n't", r"n't\b", " not"),
        ("'", r"'s\b|s'(?=\s|$)|'", " "),
        ("w/", r"\bw/o\b", " without "),
        ("w/", r"\bw/(?=\s|\w)", " with "),
        ("c/o|compla", r"\bc/o\b|\bcomplain\w* of\b", " "),
        ("r/o", r"\br/o\b", " rule out "),
        ("s/p", r"\bs/p\b", " previous "),
        ("h/o|hx", r"\bh/o\b|\bhx\b(?: of)?", " history of "),
        ("pmh", r"\bpmhx?\b", " past history "),
        ("b/l", r"\bb/l\b", " bilateral "),
        ("f/h|fh", r"\bf/h\b|\bfhx?\b", " family history of "),
        ("iv |i.v", r"\bi\.?v\.?(?=\s+drug)", " intravenous "),
        (
            "ruled|excluded",
            r"\b(?:(?:was|were|been|is|are|be) )?(?:ruled out|excluded)\b",
            " refuted ",
        ),
        ("exclude|rule out", r"\b(?:to exclude|rule out)\b", " rule out "),
        (
            "mm3|mm^3|ul|mcl|cumm",
            r"\b(\d{1,3})\.(\d{3})(?=\s*(?:/|per)\s*(?:mm|ul|mcl|cu))",
            r"\1\2",
        ),
        ("traumatic", r"\bnon[- ]?traumatic\b", " atraumatic "),
        ("radiation", r"\bradiation (?:therapy|treatment)\b", " radiotherapy "),
        (
            "flexion",
            r"\b(?:at|in|with) \d+ ?(?:deg(?:rees)?)? ?(?:of )?(?:hip |knee )?flexion\b",
            " ",
        ),
        ("half an hour", r"\bhalf an hour\b", " 30 min "),
        ("an hour", r"\ban hour\b", " 1 hour "),
        (
            " past| last",
            r"\b(?:over|in|for|during|within|throughout)(?: the)? (?:past|last)\b",
            " for ",
        ),
        ("not only", r"\bnot only\b", " "),
        (
            "but also|well as|along with|together with|combined with|&|plus",
            r"\bbut also\b|\bas well as\b|\b(?:along|together|combined) with\b|&|\bplus\b",
            " and ",
        ),
        ("planned", r"\bplanned\b", " scheduled "),
        ("neither", r"\bneither\b", " no "),
        (" nor ", r"\bnor\b", " or no "),
        ("and/or", r"\band/or\b", " or "),
        ("free", r"\bfree (?:of|from)\b", " no "),
        ("thickness", r"\bfull[- ]thickness\b", " fullthickness "),
        ("old|y/o|yo ", r"\b\d+[- ]?(?:years?|yrs?|y)?[- /]?(?:old|o)\b|\by/o\b", " "),
        ("x-ray|x ray|xray", r"\bx[- ]?rays?\b", " xray "),
        ("(+", r"\(\+(?:ve)?\)", " positive "),
        ("(-|(neg", r"\((?:-|-ve|neg)\)", " negative "),
        ("+|pos", r"(?<![\w/])\+ ?ve\b|\bpos\b|(?<=[a-z])\s?\++(?=\s*(?:$|[,;)]))", " positive "),
        ("-|neg", r"(?<![\w/])- ?ve\b|\bneg\b|(?<=[a-z])\s-+(?=\s*(?:$|[,;)]))", " negative "),
        (">|<", r"\b(?:l|r|lt|rt|left|right) ?[<>] ?(?:l|r|lt|rt|left|right)\b", " bilateral "),
        (
            " than ",
            r"\b(?:left|right) (?:more|greater|worse) than (?:the )?(?:left|right)\b",
            " bilateral ",
        ),
        (
            "left|right",
            r"\b(?:left|right)(?:[- ]sided)? ?(?:and|or|/) ?(?:left|right)\b",
            " bilateral ",
        ),
        (
            "t1|t2",
            r"\bt([12])[- ](?:weighted\b|wi?\b|hyper\w*|hypo\w*|signal|sequences?|images?|stir)",
            r" mri t\1w ",
        ),
        (" on t", r"\bon t([12])\b(?![-/])", r" on mri t\1w "),
        ("t1w|t2w", r"\bt([12])wi?\b", r" mri t\1w "),
        ("l spine|l-spine|lspine", r"\bl[- ]?spine\b", " lumbar spine "),
        ("t spine|t-spine|tspine", r"\bt[- ]?spine\b", " thoracic spine "),
        ("c spine|c-spine|cspine", r"\bc[- ]?spine\b", " cervical spine "),
        ("t-score|t score|tscore", r"\bt[- ]scores?\b", " tscore "),
        ("hla", r"\bhla[- ]?b[- ]?27\b", " hlab27 "),
        ("?", r"\?+", " possible "),
    )
)

_MAY_NEED_REWRITING = re.compile(
    "|".join(re.escape(literal) for literals, _, _ in _REWRITES for literal in literals)
)
_DIGIT = re.compile(r"\d")

#: British to American, and other spelling doubles, inside single words.
_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ae(?!r)", "e"),
        (r"(?<!t)(?<!sh)(?<!d)(?<!g)(?<!h)oe(?!x|r)", "e"),
        (r"(?<=\w{3})our(?=s?$|ed$|al$)", "or"),
        (r"leuc", "leuk"),
        (r"iz(?=e|ation|ing)", "is"),
        (r"(?<=\w{2})([tb])re$", r"\1er"),
        (r"sulph", "sulf"),
        (r"yz(?=e|ing)", "ys"),
        (r"^maneuv(?:re|er)", "maneuver"),
        (r"physial", "physeal"),
        (r"^disk", "disc"),
        (r"^orthopedi?c", "orthopedic"),
    )
)

_WORD = re.compile(r"#\d+#|[a-z0-9]+|[,;()/]| - |\.(?=\s|$)")


def plain(text: str) -> str:
    """Lower-case text with plain signs, field abbreviations written out, no accents."""
    text = text[:LONGEST_PHRASE]
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_TRANSLATION))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    if not text.isupper():
        text = re.sub(r"\bAS\b", "ankylosing spondylitis", text)
    text = " ".join(text.lower().replace("_", " ").split())
    if _MAY_NEED_REWRITING.search(text):
        for literals, pattern, replacement in _REWRITES:
            if any(literal in text for literal in literals):
                text = pattern.sub(replacement, text)
    return _LEVELS.sub(_segment, text) if _DIGIT.search(text) else text


#: L4-5, L4/L5, L5 to S1: one segment of the spine, or several.
_LEVELS = re.compile(
    r"\b(l|th?|s|c)(\d{1,2})(?:(?:\s?[-/]\s?|\s+(?:to|through)\s+)(l|th?|s|c)?(\d{1,2})(?!\d|[.,]\d))"
    r"(?:\s?[-/]\s?(l|th?|s)?(\d))?\b"
)


def _segment(match: re.Match[str]) -> str:
    """`l4-5` and `l4/l5` as `l4l5`."""
    letter, number, letter2, number2, letter3, number3 = match.groups()
    last = (letter3 or letter2 or letter) if number3 else (letter2 or letter)
    return f"{letter[0]}{number}{last[0]}{number3 or number2}"


def words_of(text: str) -> list[str]:
    """Words and separators of text that went through `plain`, in one spelling."""
    return [_one_spelling(word) for word in _WORD.findall(text)]


def stems_of(text: str) -> list[str]:
    """Stems and separators of text that went through `plain`."""
    return [stem_of(word) for word in words_of(text)]


@lru_cache(maxsize=20_000)
def _one_spelling(word: str) -> str:
    return respell(word) if word.isalpha() else word.strip()


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The stem of a word; separators and numbers stay."""
    return stem(word) if word.isalpha() else word


def respell(word: str) -> str:
    """The American spelling of a lower-case word, so that both spellings are one."""
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


_VOWEL = re.compile(r"[aeiouy]")
_SILENT_E = re.compile(r"\w[aeiou][^aeiouwxy]|[^aeiou]?[aeiou]ch")  # noted, aching: note, ache
_DOUBLE = re.compile(r"([bdgmnprt])\1$")


_WHOLE_WORDS = frozenset({"evening", "evenings", "likely", "unlikely"})


def stem(word: str) -> str:
    """The word without plural and simple inflection: weaknesses, weakness -> weak.

    Only equality of stems matters; they need not be words.
    """
    if word in _WHOLE_WORDS:
        return word
    word = _singular(word)
    for ending in ("ness", "ful", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            word = root + "e" if _SILENT_E.fullmatch(root) else _DOUBLE.sub(r"\1", root)
            break
    if word.endswith("tion") and len(word) >= 8:
        word = word[:-3]
    if word.endswith("e") and len(word) >= 5:
        word = word[:-1]
    return word


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as", "ps")):
        return word[:-1] if word.endswith("ps") and len(word) > 3 and word != "biceps" else word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]
