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

/** Little words that many sentences of other languages have and English ones have not. */
const foreignWords =
  /(?<![\p{L}'’-])(?:der|das|den|sie|oder|wird|werden|sind|nach|bei|dem|des|und|nicht|ist|mit|auf|von|zum|zur|ein|eine|einen|le|la|les|du|et|est|dans|pour|une|el|los|las|en|del|y|con|una|os|da|dos|das|na|em|um|uma|il|lo|gli|di|della|de|het|een|van|niet|naar|nie|się|jest|ze|oraz)(?![\p{L}'’-])|\p{L}*[äöüßéèêàçñáíóúãõąćęłńśźżøåčřšž]\p{L}*/giu;

/** True for words that are plainly of another language; a few English words without a verb are not. */
export function isInAnotherLanguage(text: string): boolean {
  if (isEnglish(text)) return false;
  if ((text.match(/[\u0370-\uffff]/g) ?? []).length * 3 > text.length) return true;
  return hasForeignWords(text);
}

/** "is" and "of" are words of Dutch too. */
function isEnglish(text: string): boolean {
  return english.test(text) && (surelyEnglish.test(text) || !hasForeignWords(text));
}

const surelyEnglish = /\b(?:the|are|and|you|your|this|with|if|not|by|from|has|have|when|then|it)\b/i;

function hasForeignWords(text: string): boolean {
  return (text.match(foreignWords) ?? []).length >= 2;
}

/** True for titles such as "Bedeutung" and "Contexte": what stands below them explains. */
export function explainsInAnotherLanguage(title: string): boolean {
  return explains.test(title);
}

const explains =
  /^(?:bedeutung|auswirkung|überblick|übersicht|einleitung|einführung|hintergrund|beschreibung|zusammenfassung|referenz|verweise|kontakt|ansprechpartner|voraussetzung|symptom|ursache|glossar|allgemeines|zweck|signifi[ck]a|impa[ct]to|aperçu|introdu[ckz]|context|contest|descri|résumé|resum|résum|réf|refer|rifer|contat|contac|contatt|prérequis|pré-requis|prerequis|requisito|síntoma|sintom|caus|visão|vue d|panoramica|objetivo|objectif|betekenis|overzicht|inleiding|achtergrond|beschrijving|samenvatting|vereisten|oorza)/i;

/** True when the sentence has such words and is not English. */
export function branchesInAnotherLanguage(text: string): boolean {
  // Nearly every sentence is English, and is told quickly.
  if (otherLetters.test(text) && others.test(text)) return true;
  return !isEnglish(text) && latin.test(text);
}
