"""The signs that stand for the form of a quote and the status of an event, wherever they are shown."""

FORM_GLYPHS = {"direct": "❝", "mixed": "❝", "indirect": "›", "reported": "›", "free-indirect": "›"}
STATUS_GLYPHS = {"happened": "●", "planned": "○", "alleged": "?", "denied": "¬"}
