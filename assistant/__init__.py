"""Which answer fits: match Dutch questions to the entries of a corpus, and decide what to show."""

from assistant.decision import Outcome, sureness
from assistant.matcher import Match, QuestionMatcher
from assistant.service import Assistant, Reply, ReplyKind

__all__ = ["Assistant", "Match", "Outcome", "QuestionMatcher", "Reply", "ReplyKind", "sureness"]
