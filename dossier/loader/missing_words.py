"""Say what is wrong with words that a quote gives as verbatim and that are not in the article, and what to write."""

from collections.abc import Sequence

from dossier.loader.evidence_text import EvidenceText, name_place
from dossier.loader.fixes import replace_scalar
from dossier.loader.nearest_words import NearestFinder, mark_omissions, split_at_omissions
from dossier.loader.problem_log import ProblemLog
from dossier.loader.yaml_nodes import ScalarNode, YamlNode
from dossier.text.messages import abbreviate


class MissingWords:
    """Reports the words of the quotes of one article that are not in it."""

    def __init__(self, evidence_text: EvidenceText, log: ProblemLog) -> None:
        self._evidence_text, self._log = evidence_text, log
        self._nearest = NearestFinder(evidence_text)

    def report(self, verbatim: Sequence[str], text: YamlNode) -> None:
        """Report at the node `text` the first of its `verbatim` words that the article does not have."""
        missing = next((one for one in verbatim if not self._evidence_text.find(one)), verbatim[0])
        message, instead = self._describe(missing, text)
        fix = None
        if instead and isinstance(text, ScalarNode) and missing in text.text:
            fix = replace_scalar(text, text.text.replace(missing, instead, 1))
        self._log.report("not-verbatim", text, message, fix)

    def _describe(self, words: str, text: YamlNode) -> tuple[str, str]:
        """Return the message that these words of the node `text` are not in the article, with what comes nearest.

        With it comes what the article has instead, where that is sure; else "".
        """
        said = repr(abbreviate(words, 60))
        parts = split_at_omissions(words)
        if not parts:
            return f"{said} has no words: write what was said", ""
        missing = next((part for part in parts if not self._evidence_text.find(part)), "")
        if parts != (words,) and not missing:
            if len(parts) > 1:
                cure = "write […] instead of … or ... where words are left out"
                return f"{said} is not in the article in one piece: {cure}", mark_omissions(words)
            return f"{said}: the article has these words without the dots: remove the dots", parts[0]
        message = f"{said} is not in the article word for word"
        also = ", and […] where words are left out" if len(parts) > 1 else ""
        if span := self._evidence_text.find_in_other_case(missing or words):
            there = self._evidence_text.text_of_all[slice(*span)]
            where = name_place(self._evidence_text.entry_at(span.start))
            cure = f"write it as in {where}, {abbreviate(there, 120)!r}{also}"
            return f"{message}, only upper and lower case differ: {cure}", "" if also or missing != words else there
        if near := self._nearest.find(missing or words):
            place = f"the closest words are in {name_place(near.where)}, {near.marked!r} ({near.difference})"
            return f"{message}; {place}: copy the words from there{also}", ""
        cure = "copy the words from the article, or write form: indirect if this is a paraphrase"
        if self._nearest.is_cut_short:
            what = "the words nearest to quotes that are not in the article"
            self._log.report_cut_short(
                text, f"{what} are not looked for everywhere: the text or their number is too large"
            )
            return f"{message}: {cure}", ""
        return f"{message}, and nothing in it comes close: {cure}", ""
