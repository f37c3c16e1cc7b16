// Sentences that speak of what a query gives: those that describe it ("this lists hosts with an error rate above 8 %"), and those that ask
// for it ("count the errors of the last hour"). What decides something, or speaks of a screen, is no such thing.

/** The sentence says what a query gives and decides nothing: "this lists hosts with an error rate above 8 %". */
export function describes(text: string): boolean {
  if (givesWhen.test(text)) return true;
  return (
    !/\b(?:if|when|unless|otherwise|should|go to|escalate)\b/i.test(text) &&
    /\b(?:(?:this|it|query|command|block|statement|list|loop|filter|expression|search|script|snippet|pipeline|report) (?:\w+ )?(?:shows?|lists?|returns?|finds?|selects?|counts?|reports?|displays?|gives?|keeps?|reads?|prints?|picks?|fetch(?:es)?|gets|looks (?:at|for))|(?:rows?|lines?|results?|entries|records|hits|matches|ones|things|[a-z]+) (?:that|which) (?:come (?:back|out)|shows? up|turns? up|appears?|are (?:left|returned|shown|listed|found|printed)|it (?:returns|lists|shows|prints|finds)|remain)|(?:^|, )(?:the |all |these |those )?(?:rows|lines|results?|entries|records|hits|matches) (?:returned |shown |listed |found )?(?:are|is|belong|stand|name|show|represent)|(?:list|result|output|report|log|command|query) (?:only )?(?:has|contains?|includes?|names?|covers?|goes back)|(?:are|is) (?:shown|listed|returned|selected|found|reported|displayed|flagged|counted|printed|kept|picked|fetched|matched|included)|(?:appears?|shows? up|turns? up|stands?|end up) (?:in|on|among) (?:this|the|its|that) (?:\w+ )?(?:list|output|results?|table|answer|report|graph|panel)|(?:is|are) what (?:you|it|this|we) (?:get|see|find|returns?|shows?|lists?|finds?)|(?:you|we) (?:will |then |now )?(?:get|see|obtain) (?:all|every|each|the|only|those)|what (?:comes|is) (?:back|left|out)|(?:in|on) (?:this|the|that) (?:list|output|result|table|answer) (?:has|have|is|are|was|were)|(?:^|^[^:.]{3,40}:\s+)(?:list|find|show|look for|select|identify|count)s?)\b/i.test(
      text,
    )
  );
}

/** "Count the errors of the last hour." above the step's only query; what is looked at on a screen is another matter. */
export function asksFor(text: string): boolean {
  return (
    /^(?:(?:first|then|now|next),? )?(?:look (?:at|for)|read|check|count|fetch|get|review|measure|sum up)\b/i.test(
      text,
    ) &&
    !/\b(?:if|when|unless|otherwise|should|until|dashboards?|graphs?|panels?|charts?|console|portal|page|channel|tickets?|deploy\w*|releases?|incidents?|changes?|commits?)\b/i.test(
      text,
    )
  );
}

/** "The query returns a row when the lag is above 100": what it gives, and when. */
const givesWhen =
  /^(?:the|this|its|our) (?:query|command|statement|expression|search|rule|alert(?: rule| condition| expression)?|condition|check|monitor) (?:only )?(?:shows?|lists?|returns?|finds?|gives?|reports?|has|displays?|holds?|fires?|matches|triggers?|goes off|is (?:true|met|fulfilled|raised)|becomes true)\b(?:(?!\b(?:otherwise|should|go to|escalate|unless)\b|,(?!\d)|;).)*$/i;
