import { openFeatureExtractor, type FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { openToyboxGrader, type ToyboxGrader } from "@/lib/feature-extractors/toybox-grader";

/** The encoder whose features the board's Fréchet distance is computed on. */
export const SCORING_ENCODER = "toybox-encoder";

export interface ScoringTools {
  extractor: FeatureExtractor;
  grader: ToyboxGrader;
}

let opened: Promise<ScoringTools> | undefined;

/** The process's encoder and grader, opened on first use and shared by all jobs; a failed opening is tried again. */
export function scoringTools(): Promise<ScoringTools> {
  return (opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
}

async function open(): Promise<ScoringTools> {
  // One thread each: the generation backend needs the cores more than a millisecond network does.
  const [extractor, grader] = await Promise.all([
    openFeatureExtractor(SCORING_ENCODER, { threads: 1 }),
    openToyboxGrader({ threads: 1 }),
  ]);
  return { extractor, grader };
}

/** Free what was opened. */
export async function closeScoringTools(): Promise<void> {
  const tools = await opened?.catch(() => undefined);
  opened = undefined;
  await tools?.extractor.close();
  await tools?.grader.close();
}
