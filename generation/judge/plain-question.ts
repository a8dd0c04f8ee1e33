/**
 * Rewrites a question as people ask it into the way the network was taught (generation/world/questions.ts), where that keeps its
 * meaning. What no rule fits goes through as it is: the network says for itself what it does not understand.
 */
export function plainQuestion(text: string): string {
  let question = text
    .trim()
    .toLowerCase()
    .replace(/[\s ]+/g, " ")
    .replace(/[?.!]+$/, "")
    .replace(/\bcolor/g, "colour")
    .replace(/\bwhat's\b/g, "what is")
    .replace(/\b(?:image|photo|figure|drawing|illustration|scene)\b/g, "picture")
    .replace(/\b(?:shown|visible|depicted) in (?=(?:the|this) picture)/g, "in ")
    .replace(/\b(?:placed |located |standing )?(?:to|on) the (left|right)(?: side)? of\b/g, "$1 of")
    .replace(/\b(?:under|beneath|underneath)\b/g, "below")
    .replace(/\bon top of\b/g, "above");
  for (const [form, plain] of FORMS) question = question.replace(form, plain);
  return question.trim();
}

const THING = String.raw`((?:an?|one|two|three) .+?)`;
const PLACE = "(?: in (?:the|this) picture| here)?";
const RELATION = "(left of|right of|above|below|with)";

const FORMS: [RegExp, string][] = [
  // "Does the picture show a ball?" asks for the ball alone; only the quoted caption asks for the whole picture.
  [
    new RegExp(`^(?:does|do) (?:the|this) picture (?:show|contain|have|include|depict) ${THING}$`),
    "is there $1",
  ],
  [new RegExp(`^(?:do|can) you see ${THING}${PLACE}$`), "do you see $1"],
  [
    /^(?:does|do) (?:the|this) picture (?:show|contain|have|include) (?:any |some )?(?:text|writing|letters|words)$/,
    "is there writing in the picture",
  ],
  [
    /^(?:is|are) there (?:any |some )?(?:written )?(?:text|writing|letters|words)(?: .*)?$/,
    "is there writing in the picture",
  ],
  // Whether one stands so to the other is a question about two things, which need to be there for it.
  [new RegExp(`^is there an? (.+?) ${RELATION} (?:an?|the) (.+?)${PLACE}$`), "is the $1 $2 the $3"],
  [
    /^what (?:is there|do you see|does (?:the|this) picture show|can you see)(?: in (?:the|this) picture)?$/,
    "what is in the picture",
  ],
  [/^(?:please )?describe (?:the|this) picture$/, "what is in the picture"],
  [/^(?:is|are) (.+?) (?:coloured|in colour)$/, "is $1"],
  [/^how many (.+?)(?: are)?(?: there)?(?: in (?:the|this) picture)$/, "how many $1 are there"],
  [/^is there (two|three) /, "are there $1 "],
  [/^what is the colour of (?:the )?(.+)$/, "what colour is the $1"],
];
