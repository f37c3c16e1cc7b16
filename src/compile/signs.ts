// Signs and words that several readings look for, each written down once as part of an expression.

/** `→`, `->` and their like, behind which stands what follows. */
export const arrowSigns = String.raw`(?:→|->|=>|⇒|-->|⟶)`;

/** An arrow between words. */
export const arrow = new RegExp(String.raw`\s${arrowSigns}\s`);

/** "Continue", "move on below": to the next step, whichever it is. */
export const goingOn = String.raw`(?:continue|proceed|move\s+on|carry\s+on|go\s+on|(?:on\s+to\s+(?:the\s+)?)?next(?:\s+(?:question|check|step|item|point|one))?)(?:\s+(?:below|here|on|as\s+usual))?`;

/** "In other cases", "in all other cases". */
export const inOtherCases = String.raw`in\s+(?:(?:all|any)\s+)?other\s+cases?`;

/** "Check in Grafana if the latency is high": where it is looked up stands before the "if", and nothing else is checked. */
export const looksUpIn = String.raw`\b(?:check|see|verify|determine|confirm|test|find\s+out)\s+(?:in(?!\s+with\b)|from|at|via|by|under|with|using|through|inside|within)\s+(?:[\p{L}\p{N}_.'’/-]+\s+){1,5}`;

/** What may stand in front of the words that open a condition. */
export const lead = String.raw`^(?:[-–—•*>\s]*)(?:[([]\s*optional(?:ly)?\s*[)\]]\W*)?(?:(?:then|and|but|also|so|note(?:\s*#?\d{1,2})?|important|finally|next|however|as\s+a\s+last\s+resort)\b[,:\s]+)*`;
