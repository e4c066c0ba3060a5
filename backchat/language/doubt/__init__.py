"""A second opinion on every message: which rules its words make one suspect.

The grammar reads what it knows exactly; this reader has only seen examples, and guesses. It never
fires a rule. Where the grammar said nothing of a rule and this reader suspects it, one clarifying
question is asked, so that wording nobody wrote down is not passed over in silence.

>>> doubt = load_or_train(knowledge)
>>> doubt.suspects("cannot tell whether i wiped properly, its all dead there")
('RF01_SADDLE',)
"""

from backchat.language.doubt.model import Doubt
from backchat.language.doubt.store import default_model_path, load_or_train

__all__ = ["Doubt", "default_model_path", "load_or_train"]
