"""The self-care entries: those of the clinical catalogue, plus what a reply or a card shows."""

from __future__ import annotations

from dataclasses import dataclass

from backchat.clinical.catalogue import Exclusion, Medicine, Stretch, Thermal


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedExclusion(Exclusion):
    """A reason to leave something out; ``words`` complete "skip it if" or "ask first if"."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchEntry(Stretch):
    """A stretch.

    Attributes:
        dose: The dose in words.
        skip_when: Reasons to leave it out, those of every stretch first.
        also_skip_if: Reasons that Backchat cannot know, as words after "skip it if".
    """

    dose: str
    skip_when: tuple[WordedExclusion, ...]
    also_skip_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EveryStretch:
    """What holds for every stretch.

    Attributes:
        pain_at_most: Highest pain score during a stretch.
        settle_hours: By when extra pain has to be gone.
        stop_if: When to stop, as words after "stop if".
        good_sign: What looks worse and is not.
        skip_when: Reasons to leave out all of them.
        sources: Source keys.
    """

    pain_at_most: int
    settle_hours: int
    stop_if: tuple[str, ...]
    good_sign: str
    skip_when: tuple[WordedExclusion, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of a label.

    Attributes:
        tablet_mg: Strength of a tablet in milligrams.
        tablets_in_24_h: Most tablets in 24 hours.
        mg_in_24_h: Most milligrams in 24 hours.
        hours_between: Fewest hours between two doses.
        days: Most days without advice, or None where the label facts name none.
    """

    tablet_mg: int
    tablets_in_24_h: int
    mg_in_24_h: int
    hours_between: int
    days: int | None

    def __post_init__(self) -> None:
        """Refuse a daily maximum that is not the tablets' sum."""
        total = self.tablet_mg * self.tablets_in_24_h
        if total != self.mg_in_24_h:
            raise ValueError(
                f"{self.tablets_in_24_h} tablets of {self.tablet_mg} mg are {total} mg, "
                f"not {self.mg_in_24_h}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineEntry(Medicine):
    """An over-the-counter medicine.

    Attributes:
        regional_names: What it is called, by region, where not by its name.
        limits: The numbers of the label, by region.
        stop_if: When to stop and ask, as words after "stop if".
        ask_first_when: Reasons to ask first, each with its words.
        also_ask_if: Reasons that Backchat cannot know, as words after "ask first if".
    """

    regional_names: dict[str, str]
    limits: dict[str, Limits]
    stop_if: tuple[str, ...]
    ask_first_when: tuple[WordedExclusion, ...]
    also_ask_if: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse label words without the numbers, or numbers without the words."""
        if self.labels.keys() != self.limits.keys():
            raise ValueError("'labels' and 'limits' must name the same regions")

    def name_in(self, region: str | None) -> str:
        """Return what it is called in the region with this code."""
        return self.regional_names.get(region or "", self.name)


@dataclass(frozen=True, slots=True)
class EveryMedicine:
    """Rules for every over-the-counter medicine, as sentences, and their sources."""

    rules: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyNet:
    """When to get emergency help after all, as a sentence, and its sources."""

    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThermalEntry(Thermal):
    """Ice or heat.

    Attributes:
        effect: What it does, as a sentence.
        skin_check: How to look after the skin, as sentences.
        other_names: What else people call it.
        ask_first_when: Reasons to ask first, each with its words.
        also_ask_if: Reasons that Backchat cannot know, as words after "ask first if".
    """

    effect: str
    skin_check: str
    other_names: tuple[str, ...]
    ask_first_when: tuple[WordedExclusion, ...]
    also_ask_if: tuple[str, ...] = ()
