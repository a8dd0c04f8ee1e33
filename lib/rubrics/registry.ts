import checklist1 from "@/lib/rubrics/texts/checklist-1.json";
import decompose1 from "@/lib/rubrics/texts/decompose-1.json";
import pairwise1 from "@/lib/rubrics/texts/pairwise-1.json";
import videopair1 from "@/lib/rubrics/texts/videopair-1.json";
import videoscore1 from "@/lib/rubrics/texts/videoscore-1.json";
import viescore1 from "@/lib/rubrics/texts/viescore-1.json";
import vqascore1 from "@/lib/rubrics/texts/vqascore-1.json";
import wholepair1 from "@/lib/rubrics/texts/wholepair-1.json";
import wholescore1 from "@/lib/rubrics/texts/wholescore-1.json";
import {
  rubricId,
  rubricSchema,
  type Rubric,
  type RubricKind,
  type RubricOf,
  type Sees,
} from "@/lib/rubrics/rubric";

/** Every rubric there is or was: old versions stay, because verdicts name them. */
const RUBRICS: readonly Rubric[] = [
  viescore1,
  pairwise1,
  checklist1,
  vqascore1,
  videoscore1,
  videopair1,
  wholescore1,
  wholepair1,
  decompose1,
].map((file) => rubricSchema.parse(file));

const byId = new Map(RUBRICS.map((rubric) => [rubricId(rubric), rubric]));

/** The rubrics a judge can be given: those that judge images or videos. */
export const JUDGING_RUBRICS = RUBRICS.filter((rubric) => rubric.kind !== "decompose");

/** The rubric of an id such as "viescore@1"; undefined when there is none. */
export function findRubric(id: string): Rubric | undefined {
  return byId.get(id);
}

/** The newest rubric of a kind. */
export function newestRubric<K extends RubricKind>(kind: K, sees: Sees = "image"): RubricOf<K> {
  const [newest] = RUBRICS.filter(
    (rubric): rubric is RubricOf<K> => rubric.kind === kind && rubric.sees === sees,
  ).sort((a, b) => b.version - a.version);
  return newest;
}
