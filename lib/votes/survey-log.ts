import { createHash } from "node:crypto";
import { decodeText } from "@/lib/artifacts/decode-text";
import { LineError } from "@/lib/ratings/log/csv";
import type { LogVote, VoteLogOptions } from "@/lib/ratings/log/log-vote";
import { readVoteLog } from "@/lib/ratings/log/vote-log";

/** A vote log outside: its bytes can be read from the start as often as needed. */
export type LogSource = {
  /** The file's name, for people. */
  name: string;
  options?: VoteLogOptions;
  open: () => AsyncIterable<Uint8Array>;
};

/** A vote as it will be stored. */
export type LogRow = Omit<LogVote, "time"> & { line: number; createdAt: Date | null };

export type LogSurvey = {
  /** Of the bytes, hex. */
  sha256: string;
  votes: number;
  /** Votes marked as left out, by reason. */
  excluded: Map<string, number>;
  /** Votes that also answered each criterion. */
  answered: Map<string, number>;
  /** Names as the log writes them, each with the slug beside it, where there is one. */
  models: Map<string, string | undefined>;
};

/** More names than any board has models: a column of something else. */
const MAX_MODELS = 2_000;
const LONGEST_NAME = 200;
const LONGEST_REASON = 80;

/**
 * Read a whole log once, storing nothing: what is in it, and whether every row can be imported.
 * @throws LineError with the line of the first row that cannot
 */
export async function surveyLog(
  source: LogSource,
  onBytes: (read: number) => void = () => {},
): Promise<LogSurvey> {
  const models: LogSurvey["models"] = new Map();
  const survey = { votes: 0, excluded: new Map(), answered: new Map(), models };
  const see = (name: string, slug: string | undefined) => models.set(name, models.get(name) ?? slug);
  const sha256 = await readLog(
    source,
    (rows) => {
      for (const row of rows) {
        survey.votes++;
        see(row.a, row.slugA);
        see(row.b, row.slugB);
        if (models.size > MAX_MODELS) {
          throw new LineError(row.line, `more than ${MAX_MODELS} models: is this the column of their names?`);
        }
        if (row.excluded !== undefined) increment(survey.excluded, row.excluded);
        for (const name of Object.keys(row.criteria ?? {})) increment(survey.answered, name);
      }
    },
    onBytes,
  );
  return { sha256, ...survey };
}

/**
 * Read a log in pieces of some thousand rows, each given to `onRows` before more is read.
 * @returns sha256 of the bytes
 * @throws LineError at the first malformed row, SalonError for a file that is no text
 */
export async function readLog(
  source: LogSource,
  onRows: (rows: LogRow[]) => void | Promise<void>,
  onBytes: (read: number) => void = () => {},
): Promise<string> {
  const hash = createHash("sha256");
  let rows: LogRow[] = [];
  const reader = readVoteLog((vote, line) => rows.push(rowOf(vote, line)), source.options);
  const take = async () => {
    if (rows.length > 0) await onRows(rows);
    rows = [];
  };
  async function* hashed() {
    let read = 0;
    for await (const bytes of source.open()) {
      hash.update(bytes);
      yield bytes;
      onBytes((read += bytes.length));
    }
  }
  for await (const text of decodeText(hashed())) {
    reader.push(text);
    await take();
  }
  reader.end();
  await take();
  return hash.digest("hex");
}

function rowOf(vote: LogVote, line: number): LogRow {
  const { time, excluded, ...rest } = vote;
  for (const text of [vote.a, vote.b, vote.voter, vote.prompt, vote.category, excluded]) {
    if (text?.includes("\0")) throw new LineError(line, "the character U+0000 cannot be stored");
  }
  if (vote.a.length > LONGEST_NAME || vote.b.length > LONGEST_NAME) {
    throw new LineError(line, `a model's name is longer than ${LONGEST_NAME} characters`);
  }
  const row: LogRow = { ...rest, line, createdAt: time === undefined ? null : timeOf(time, line) };
  if (excluded !== undefined) row.excluded = excluded.slice(0, LONGEST_REASON);
  return row;
}

/** Seconds or milliseconds since 1970, or an ISO time; one without a zone is in UTC. "05/02/2023" means two days, so it is refused. */
function timeOf(text: string, line: number): Date {
  const value = text.trim();
  const seconds = Number(value);
  const iso = value.replace(" ", "T");
  const isIso = /^\d{4}-\d\d-\d\d(T|$)/.test(iso);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(iso);
  const time =
    value !== "" && Number.isFinite(seconds)
      ? new Date(seconds * (Math.abs(seconds) > 1e11 ? 1 : 1000))
      : new Date(isIso ? (iso.includes("T") && !hasZone ? `${iso}Z` : iso) : NaN);
  const isSane = time.getTime() >= 0 && time.getTime() < Date.UTC(2200, 0);
  if (!isSane)
    throw new LineError(
      line,
      `${JSON.stringify(value.slice(0, 40))} is no time: seconds since 1970 or an ISO time such as 2023-05-02T10:00:00Z is needed`,
    );
  return time;
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
