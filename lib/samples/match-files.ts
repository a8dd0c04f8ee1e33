import { readFileName, type FileName } from "@/lib/samples/file-name";
import {
  MOST_SAMPLES,
  promptNames,
  readName,
  takeApart,
  type Candidate,
  type NamedPrompt,
  type PromptNames,
  type Reading,
} from "@/lib/samples/read-name";
import { UPLOAD_LAYOUTS, type FileProblem, type UploadLayout } from "@/lib/schemas/sample-uploads";

/** A file and the sample that it is. */
export interface PlacedFile {
  name: string;
  promptIndex: number;
  /** From 0, of its prompt. */
  sampleIndex: number;
  seed: number | null;
}

export interface Matching {
  /** How the files name prompts; null: no file names one. */
  layout: UploadLayout | null;
  placed: PlacedFile[];
  problems: FileProblem[];
}

/** All files read under one layout. */
interface Tried {
  candidate: Candidate;
  readings: Reading[];
  /** Files with a place of their own, and files that name a prompt. */
  alone: number;
  recognised: number;
}

/**
 * Which sample each file of an upload is, by its name alone. One layout is chosen for the whole listing: that under which most files
 * have a place of their own. Where several are as good and read a name differently, that file is a problem, never a guess.
 * @param names of the files, without what operating systems leave
 */
export function matchFiles(names: readonly string[], prompts: readonly NamedPrompt[]): Matching {
  const all = names.map(readFileName);
  const files = all.filter(({ isOther }) => !isOther);
  const others = all.filter(({ isOther }) => isOther);
  const problems = others.map(({ name }) => problem(name, "not_media"));
  const known = promptNames(prompts);
  const tried = known.candidates.map((candidate) => tryLayout(files, candidate, known));
  const best = tried.reduce((a, b) => (isBetter(b, a) ? b : a));
  if (best.recognised === 0) {
    const unknown = files.map(({ name, parts }) =>
      problem(name, "unknown_prompt", { said: parts[parts.length - 1] }),
    );
    return { layout: null, placed: [], problems: [...problems, ...unknown] };
  }
  const rivals = tried.filter((each) => each !== best && !isBetter(best, each));
  const fromOne = best.candidate.address === "index" && countsFromOne(files, best.candidate);
  const placed: PlacedFile[] = [];
  for (const [at, file] of files.entries()) {
    const reading = best.readings[at];
    const rival = rivals.find(({ readings }) => isOtherPlace(reading, readings[at]));
    if (rival !== undefined && reading.kind === "place") {
      const [one, other] = [reading, rival.readings[at]].map(describePlace);
      problems.push(problem(file.name, "ambiguous_name", { one, other }));
    } else if (reading.kind !== "place") {
      problems.push(unplaced(file.name, reading, best.candidate));
    } else if (fromOne) {
      problems.push(problem(file.name, "counted_from_one"));
    } else {
      const { promptIndex, sampleIndex } = reading;
      placed.push({ name: file.name, promptIndex, sampleIndex, seed: null });
    }
  }
  const apart = withoutTwins(placed);
  return {
    layout: best.candidate.layout,
    placed: apart.placed,
    problems: [...problems, ...apart.problems],
  };
}

/** Files that claim one sample together are problems, each of them. */
export function withoutTwins(placed: readonly PlacedFile[]): Pick<Matching, "placed" | "problems"> {
  const byPlace = new Map<string, PlacedFile[]>();
  for (const file of placed) {
    const place = `${file.promptIndex}/${file.sampleIndex}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), file]);
  }
  const problems: FileProblem[] = [];
  const alone: PlacedFile[] = [];
  for (const files of byPlace.values()) {
    if (files.length === 1) alone.push(files[0]);
    else
      for (const { name } of files) {
        const others = files.filter((other) => other.name !== name).map((other) => other.name);
        const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
        problems.push(problem(name, "two_files", { others: others.slice(0, 3).join(", ") + more }));
      }
  }
  return { placed: alone, problems };
}

function tryLayout(files: readonly FileName[], candidate: Candidate, names: PromptNames): Tried {
  const readings = files.map((file) => readName(file, candidate, names));
  const claims = new Map<string, number>();
  let recognised = 0;
  for (const reading of readings) {
    if (reading.kind === "several") recognised++;
    if (reading.kind !== "place") continue;
    recognised++;
    claims.set(placeOf(reading), (claims.get(placeOf(reading)) ?? 0) + 1);
  }
  const alone = readings.filter(
    (reading) =>
      reading.kind === "several" || (reading.kind === "place" && claims.get(placeOf(reading)) === 1),
  ).length;
  return { candidate, readings, alone, recognised };
}

const isBetter = (a: Tried, b: Tried) =>
  a.alone > b.alone || (a.alone === b.alone && a.recognised > b.recognised);

type Place = Extract<Reading, { kind: "place" }>;

const placeOf = ({ promptIndex, sampleIndex }: Place) => `${promptIndex}/${sampleIndex}`;

const isOtherPlace = (one: Reading, other: Reading) =>
  one.kind === "place" && other.kind === "place" && placeOf(one) !== placeOf(other);

const describePlace = (reading: Reading) =>
  reading.kind === "place" ? `sample ${reading.sampleIndex} of prompt ${reading.promptIndex}` : "";

/** Whether the numbers of prompts are 1, 2, ... without a gap: they were counted from 1, and each would be the next prompt's. */
function countsFromOne(files: readonly FileName[], { shape }: Candidate): boolean {
  const numbers = new Set<number>();
  for (const { parts } of files) {
    const said = takeApart(parts, shape)?.said;
    if (said !== undefined && /^\d{1,9}$/.test(said)) numbers.add(Number(said));
  }
  return numbers.size > 1 && !numbers.has(0) && Math.max(...numbers) === numbers.size;
}

function unplaced(name: string, reading: Exclude<Reading, Place>, candidate: Candidate): FileProblem {
  switch (reading.kind) {
    case "several":
      return problem(name, "ambiguous_text", { said: reading.said });
    case "unknown":
      return problem(name, "unknown_prompt", { said: reading.said });
    case "too_large":
      return problem(name, "index_too_large", { index: reading.index, most: MOST_SAMPLES });
    case "other_shape":
      return problem(name, "wrong_layout", { layout: UPLOAD_LAYOUTS[candidate.layout] });
  }
}

const problem = (
  name: string,
  code: FileProblem["code"],
  details: FileProblem["details"] = {},
): FileProblem => ({ name, code, details });
