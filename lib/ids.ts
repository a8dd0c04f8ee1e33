/** The prefix of every noun's ids. An id says what it names, wherever it turns up. */
export const ID_PREFIXES = {
  model: "mdl",
  modelPrice: "mpr",
  endpoint: "end",
  driftCheck: "dft",
  promptSet: "pst",
  prompt: "prm",
  run: "run",
  runLink: "rln",
  sample: "smp",
  failure: "flr",
  report: "rpt",
  upload: "upl",
  reference: "ref",
  metricResult: "mtr",
  board: "brd",
  boardInvite: "inv",
  boardRunChoice: "brc",
  voter: "vtr",
  user: "usr",
  accountInvite: "acc",
  apiToken: "tok",
  battle: "bat",
  vote: "vot",
  comparison: "cmp",
  comparisonInvite: "cin",
  comparisonVote: "cvt",
  voteImport: "imp",
  quarantine: "qtn",
  snapshot: "snp",
  criterionSnapshot: "csn",
  demoImage: "dmo",
  drawing: "drw",
  judge: "jdg",
  judgeTask: "jtk",
  judgeCall: "jcl",
  sampleVerdict: "jsv",
  judgePair: "jpr",
  pairVerdict: "jpv",
  canaryVerdict: "jcv",
  questionSet: "qst",
  webhook: "whk",
  webhookDelivery: "whd",
} as const;

export type Noun = keyof typeof ID_PREFIXES;
export type Id<N extends Noun> = `${(typeof ID_PREFIXES)[N]}_${string}`;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32, lower case

/**
 * Make an id that sorts by time: 9 characters of milliseconds, 12 of the given random bytes (60 bits).
 * @param now milliseconds since 1970
 * @param random at least 12 uniformly random bytes
 */
export function makeId<N extends Noun>(noun: N, now: number, random: Uint8Array): Id<N> {
  let time = "";
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  let tail = "";
  for (let i = 0; i < 12; i++) tail += ALPHABET[random[i] % 32];
  return `${ID_PREFIXES[noun]}_${time}${tail}`;
}

/** Whether a text has the form of a noun's id. */
export function isId<N extends Noun>(noun: N, text: string): text is Id<N> {
  return new RegExp(`^${ID_PREFIXES[noun]}_[0-9a-z]{6,40}$`).test(text);
}

/** When an id was made, in milliseconds since 1970; null for a text that is none. */
export function timeOfId(id: string): number | null {
  const time = /^[a-z]{3}_([0-9a-hjkmnp-tv-z]{9})[0-9a-hjkmnp-tv-z]{12}$/.exec(id)?.[1];
  return time === undefined ? null : [...time].reduce((sum, digit) => 32 * sum + ALPHABET.indexOf(digit), 0);
}
