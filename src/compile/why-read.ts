// Conditions on which nothing depends: those under which the guide is opened at all, and those that only show a value.

/** "When you see this, …": that is why one reads the guide. */
export const isWhyRead =
  /^when(?:ever)?\s+(?:(?:you|we)\s+(?:see|get|receive|notice|are\s+paged\s+(?:for|by))\s+(?:this|that)(?:\s+(?:alert|alarm|page|message|incident|error|notification))?|this\s+(?:alert|alarm|page|incident|notification)\s+(?:fires|triggers|happens|occurs|comes\s+in|is\s+(?:raised|triggered|received)))$/i;

/** "If the name of the node is `c`, run …": a value to show how. */
export const isExample =
  /^if\s+(?:the\s+name\s+of\s+[^,]{2,60}|(?:your|the)\s+[^,]{0,40}\bname)\s+is\s+\S+$|^if\s+(?:your|the)\s+[^,]{2,40}\s+(?:is|are)\s+(?:called|named)\s+\S+$/i;
