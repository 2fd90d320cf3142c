"""What nobody means well by typing: seeded, so that a failure can be had again.

``queries(count)`` gives texts of every family below, in a fixed order for a seed.
"""

import random
from collections.abc import Callable, Iterator

Chance = random.Random

_WORDS = (
    "télétravail", "refus", "employeur", "l'accord", "tiers-lieu", "L1222-9", "coworking", "telework", "allowance",
    "employer's", "Orne", "TT", "déconnexion", "charte",
)  # fmt: skip
_OPERATORS = (
    "AND", "OR", "NOT", "&&", "||", "!", "(", ")", "[", "]", "{", "}", "^", '"', "~", "*", "?", ":", "\\", "/", "+",
    "-", "=", "<", ">", "TO", "title:", "_exists_:", "body:*", "^4", "~2", "#", "@", "&", "<>", '"~2', "+-",
)  # fmt: skip
_FRAGMENTS = (
    '{"query": {"match_all": {}}}', '{"script": {"source": "while(true){}"}}', "' OR 1=1 --", "'; DROP TABLE page; --",
    "(a+)+$", "(?:(?:(?:x)*)*)*y", ".*" * 50, "[" * 80, "(" * 300, '"' * 99, "\\" * 99, "%00%ff", "%E0%A4%A", "${7*7}",
    "{{7*7}}", "{% debug %}", "<script>alert(1)</script>", "../../etc/passwd", "$(id)", "`id`", "\r\nSet-Cookie: a=b",
    "null", "undefined", "NaN", "-1", "1e309", "0x10", "true", "[]", "__class__", "%s%n%d", "title^9999999999999",
    "L" * 50 + "1222-9", "L1222-" + "9" * 60, "art. " * 40, "« " * 60, "”" * 30 + "“" * 30,
)  # fmt: skip
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u034f\u061c"
)
_BLANKS = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2007\u2028\u2029\u202f\u205f\u3000\ufeff"
_EMOJI = ("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇫🇷", "👍🏿", "❤️‍🔥", "1️⃣", "🫠")
_CASES = ("İstanbul", "ıI", "ßẞ", "ŉ", "ǰ", "ΐ", "ﬁﬂﬃ", "Ⅷ", "①", "㎏", "½", "ﷺ", "Å", "ſ", "ʼn", "ᾳ", "Ǆ", "œŒæÆ")


def _spaced(chance: Chance, parts: list[str]) -> str:
    return chance.choice(("", " ", "  ")).join(parts)


def _any_characters(chance: Chance) -> str:
    """Any code point at all, lone surrogates and unassigned ones among them."""
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 60)))


def _plane_zero(chance: Chance) -> str:
    return "".join(chr(chance.randrange(0x10000)) for _ in range(chance.randint(1, 60)))


def _controls(chance: Chance) -> str:
    signs = [chr(code) for code in (*range(32), *range(0x7F, 0xA0))]
    return "".join(chance.choice((chance.choice(signs), chance.choice(_WORDS))) for _ in range(chance.randint(1, 20)))


def _nul(chance: Chance) -> str:
    return _spaced(chance, ["\x00", chance.choice(_WORDS), "\x00" * chance.randint(1, 9), chance.choice(_WORDS)])


def _surrogates(chance: Chance) -> str:
    lone = [chr(chance.randrange(0xD800, 0xE000)) for _ in range(chance.randint(1, 8))]
    parts = [*lone, chance.choice(_WORDS)]
    chance.shuffle(parts)
    return "".join(parts)


def _directions(chance: Chance) -> str:
    word = chance.choice((*_WORDS, "עבודה", "العمل عن بعد"))
    return "".join(chance.choice(_INVISIBLE) + letter for letter in word)


def _operators(chance: Chance) -> str:
    return _spaced(chance, [chance.choice((*_OPERATORS, *_WORDS)) for _ in range(chance.randint(1, 25))])


def _fragments(chance: Chance) -> str:
    return _spaced(chance, [chance.choice((*_FRAGMENTS, *_WORDS)) for _ in range(chance.randint(1, 3))])


def _marks(chance: Chance) -> str:
    """Letters under a storm of combining marks."""
    word = chance.choice(_WORDS)
    return "".join(
        letter + "".join(chr(chance.randrange(0x300, 0x370)) for _ in range(chance.choice((1, 5, 40))))
        for letter in word
    )


def _emoji(chance: Chance) -> str:
    return _spaced(chance, [chance.choice((*_EMOJI, *_WORDS)) for _ in range(chance.randint(1, 15))])


def _cases(chance: Chance) -> str:
    parts = [chance.choice((*_CASES, *_WORDS)) for _ in range(chance.randint(1, 10))]
    text = _spaced(chance, parts)
    return chance.choice((text, text.upper(), text.lower(), text.swapcase()))


def _blanks(chance: Chance) -> str:
    return "".join(chance.choice(_BLANKS) for _ in range(chance.randint(1, 50)))


def _scripts(chance: Chance) -> str:
    starts = (0x370, 0x400, 0x590, 0x600, 0x900, 0xE00, 0x1100, 0x3040, 0x4E00, 0xAC00, 0x10400, 0x1D400, 0x20000)
    start = chance.choice(starts)
    return "".join(chr(start + chance.randrange(0x60)) for _ in range(chance.randint(1, 40)))


def _digits(chance: Chance) -> str:
    return _spaced(chance, [chance.choice("lLrRdD") + str(chance.randrange(10**6)) for _ in range(5)]) + chance.choice(
        ("-", "–", ".", " ", "-٣", "-²", "-९")
    )


def _repeats(chance: Chance) -> str:
    return chance.choice((*_WORDS, *_OPERATORS, "a", "é", "’", "l'", "- ")) * chance.choice((50, 500, 3000))


def _mixture(chance: Chance) -> str:
    return "".join(chance.choice(FAMILIES[:-1])(chance)[:20] for _ in range(4))


FAMILIES: tuple[Callable[[Chance], str], ...] = (
    _any_characters, _plane_zero, _controls, _nul, _surrogates, _directions, _operators, _fragments, _marks, _emoji,
    _cases, _blanks, _scripts, _digits, _repeats, _mixture,
)  # fmt: skip


def queries(count: int, seed: int = 1) -> Iterator[str]:
    chance = random.Random(seed)
    for number in range(count):
        yield FAMILIES[number % len(FAMILIES)](chance)
