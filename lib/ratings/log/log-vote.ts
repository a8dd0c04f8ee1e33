import { CRITERIA, type Criterion } from "@/lib/schemas/criteria";
import { NAMES_SHOWN, VOTE_LOG_COLUMNS, WINNER_WORDS, type VoteLogField } from "@/lib/schemas/vote-log";
import { LineError } from "@/lib/ratings/log/csv";
import type { Outcome } from "@/lib/ratings/outcome";

/** One vote read from a log. */
export interface LogVote {
  a: string;
  b: string;
  outcome: Outcome;
  voter?: string;
  prompt?: string;
  category?: string;
  time?: string;
  /** Of the models here, where the log is one of Salon's. */
  slugA?: string;
  slugB?: string;
  /** Why it is left out of every rating. */
  excluded?: string;
  /** What it also said of single criteria. */
  criteria?: Partial<Record<Criterion, Outcome>>;
}

export interface VoteLogOptions {
  /** Whether votes that the log says were cast with the names in sight (`anony` false) count; they are left out unless told. */
  countShownNames?: boolean;
}

/** Words are compared without case, spaces, underscores, hyphens and brackets. */
const plain = (word: string) => word.toLowerCase().replace(/[\s_()-]/g, "");
const WORDS = new Map<string, Outcome>(
  Object.entries(WINNER_WORDS).map(([word, outcome]) => [plain(word), outcome]),
);
/** Written in the columns "excluded" and "anony" by those who mark every row. */
const NO = new Set(["", "false", "no", "0"]);
/**
 * The vote of one row.
 * @param field what the row says under any of a field's names; undefined: nothing
 * @throws LineError
 */
export function voteOf(
  field: (name: VoteLogField) => string | undefined,
  line: number,
  { countShownNames = false }: VoteLogOptions,
): LogVote {
  const a = field("a")?.trim();
  const b = field("b")?.trim();
  const word = field("winner")?.trim();
  if (!a || !b) throw new LineError(line, "a model's name is missing");
  if (a === b) throw new LineError(line, `${a} is paired with itself`);
  const vote: LogVote = { a, b, outcome: outcomeOf("winner", word, line) };
  for (const key of ["voter", "prompt", "category", "time", "slugA", "slugB"] as const) {
    const value = field(key);
    if (value !== undefined && value !== "") vote[key] = value;
  }
  const excluded = field("excluded")?.trim();
  if (excluded !== undefined && !NO.has(excluded.toLowerCase())) vote.excluded = excluded;
  const blind = field("blind")?.trim().toLowerCase();
  const namesShown = blind !== undefined && blind !== "" && NO.has(blind);
  if (namesShown && !countShownNames) vote.excluded ??= NAMES_SHOWN;
  for (const criterion of CRITERIA) {
    const said = field(criterion)?.trim();
    if (said === undefined || said === "") continue;
    (vote.criteria ??= {})[criterion] = outcomeOf(VOTE_LOG_COLUMNS[criterion][0], said, line);
  }
  return vote;
}

function outcomeOf(column: string, word: string | undefined, line: number): Outcome {
  const outcome = word === undefined ? undefined : WORDS.get(plain(word));
  if (outcome !== undefined) return outcome;
  const shown = word === undefined ? "missing" : JSON.stringify(word.slice(0, 40));
  throw new LineError(line, `${column} is ${shown}, not one of ${Object.keys(WINNER_WORDS).join(", ")}`);
}
