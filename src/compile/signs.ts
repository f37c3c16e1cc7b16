// Signs and words that several readings look for, each written down once as part of an expression.

/** `→`, `->` and their like, behind which stands what follows. */
export const arrowSigns = String.raw`(?:→|->|=>|⇒|-->|⟶)`;

/** An arrow between words. */
export const arrow = new RegExp(String.raw`\s${arrowSigns}\s`);

/** "Continue", "move on below": to the next step, whichever it is. */
export const goingOn = String.raw`(?:continue|proceed|move\s+on|carry\s+on|go\s+on|(?:on\s+to\s+(?:the\s+)?)?next(?:\s+(?:question|check|step|item|point|one))?)(?:\s+(?:below|here|on|as\s+usual))?`;
