"""How a page is told: in one language, its citations in one numbered list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hipspine.report.languages import Translator
from hipspine.report.references import Cited, References


@dataclass(frozen=True)
class Voice:
    """`say` translates and writes numbers; `cite` numbers what is cited."""

    say: Translator = field(default_factory=Translator)
    references: References = field(default_factory=References)

    def cite(self, citations: Iterable[str], *, checked: bool = True) -> tuple[Cited, ...]:
        return self.references.cite(citations, checked=checked)
