// "You get this error when you do one of the following:": the list below tells what brings the trouble about, and asks for
// nothing, though its items may begin as what is to be done does.

const whenOneOf =
  /^\W*(?:you|we|users?|customers?|it|this|the|an?)\b(?![^.]{0,300}\b(?:should|must|please|need|fix|resolve)\b)[^.]{2,300}?\b(?:when(?:ever)?|if|after|while)\s+(?:you|we|they|users?|somebody|someone|one)\b[^.:]{0,80}\b(?:one|any|either|some)\s+of\s+(?:the\s+following|these)\b[^.:]{0,60}:\s*$/i;

/** True for such words above a list. */
export function bringsAbout(lead: string): boolean {
  return (
    lead.trimEnd().endsWith(':') &&
    lead.length < 500 &&
    [whenOneOf, doesThen, doesBySelf].some((pattern) => pattern.test(lead))
  );
}

/** "The pipeline will then:" tells what comes of what was done; what a person will do is to be done. */
const doesThen =
  /(?:^|[.!?]\s+)\W*(?!(?:you|we|i|they|someone|somebody)\b)(?![^.!?:]{0,60}\b(?:engineers?|on-?call|operators?|teams?|leads?|commanders?|users?|admin(?:istrator)?s?|sres?|owners?|responders?|managers?|persons?|people|staff|analysts?|support|members?|scribe|liaison|duty)\b)[^.!?:]{2,60}\bwill\s+(?:then|now|automatically)(?:\s+(?:also|automatically|do))*\s*:\s*$/i;

/** "The script `fix.sh` automatically attempts the following:", "This job does the following:": nobody does it by hand. */
const doesBySelf =
  /(?:^|[.!?]\s+)\W*(?:the|this|that|our|its|an?|it)\b(?![^.!?:]{0,80}\b(?:you|we|engineers?|on-?call|operators?|teams?|responders?|steps?|procedure|guide|runbook)\b)(?:[^.!?:]|[.:](?=\S)){0,80}\b(?:automatically\s+(?:[a-z]+\s+){1,2}?|(?:script|job|command|pipeline|controller|workflow|program|tool|hook)\s+(?:(?:will|then|also)\s+)*(?:does?|performs?|executes?|runs?|attempts?)\s+)(?:all\s+of\s+)?(?:the\s+following|these)(?:\s+[a-z]+){0,2}\s*:\s*$/i;
