// Tells whether a sentence branches in another language than English, which the rules do not read. Such a guide still has its
// steps and its code, and each condition in it is marked instead of passed over.

/** Conditions, jumps and repetition in the languages that runbooks are often written in besides English. */
const latin = new RegExp(
  String.raw`(?:^|[\s,;:(.–—-])(?:${[
    'wenn|falls|sofern|andernfalls|ansonsten|sonst|weiter\\s+mit|gehen?\\s+(?:sie\\s+)?zu|zurück\\s+zu|wiederhol\\w*',
    'si|sinon|lorsque|(?:passez|allez|aller|revenez|retournez)\\s+à|répéte[rz]|en\\s+cas\\s+de',
    'de\\s+lo\\s+contrario|cuando|(?:vaya|vuelva|ir|pase)\\s+al?|repita|en\\s+caso\\s+de|se|caso|senão|vá\\s+para|volte',
    'altrimenti|qualora|vai\\s+al?|torna\\s+al?|ripeti|in\\s+caso\\s+di',
    'als|indien|anders|ga\\s+naar|herhaal',
    'om|annars|hvis|ellers|gå\\s+ti[l]+',
    'jeśli|jeżeli|przejdź|powtórz|pokud|jestliže|jinak|přejd\\w+|dacă|altfel|ha\\s+nem|amennyiben|eğer|aksi\\s+(?:halde|takdirde)',
  ].join('|')})(?=[\s,;:.!?)]|$)`,
  'iu',
);
const others =
  /если|иначе|перейдите|повторите|якщо|інакше|перейдіть|(?:^|\s)אם\s|אחרת|עבור\s+ל|إذا|وإلا|انتقل|如果|否则|否則|若|跳[到至]|转到|轉到|場合|もし|でなければ|만약|경우|그렇지\s*않으면|यदि|अगर|अन्यथा/u;
/** Letters of the alphabets that `others` are written in, all behind those of Latin. */
const otherLetters = /[\u0370-\uffff]/;
/** Words that hardly an English sentence does without, and that no other language above has. */
const english =
  /\b(?:the|is|are|was|to|of|and|you|your|this|that|with|it|be|for|if|not|by|from|has|have|will|can|when|then|until|wait|should|must|does|there|still|fails?|least|than|which|what|how|any|each|every|after|before|once|restart|check)\b/i;

/** True when the sentence has such words and is not English. */
export function branchesInAnotherLanguage(text: string): boolean {
  // Nearly every sentence is English, and is told quickly.
  if (otherLetters.test(text) && others.test(text)) return true;
  return !english.test(text) && latin.test(text);
}
