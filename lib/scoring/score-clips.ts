import type { Db } from "@/lib/db/client";
import type { ClipGrade } from "@/lib/encoders/grade-clip";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { CLIP_ASPECTS, clipAlignment } from "@/lib/schemas/metrics/clip-grades";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";

/** A graded clip. */
export interface GradedClip {
  category: string;
  grade: ClipGrade;
}

/** How often something was right, of how many clips that it was asked of. */
export interface ClipShare {
  metric: string;
  correct: number;
  n: number;
}

/** Anyone may write prompts: more categories than this are nobody's to read, and no scores of their own. */
const MOST_CATEGORIES = 12;

/**
 * What a run's graded clips show, aspect by aspect, and all of it by category where there are several. An aspect that no prompt
 * claims is left out.
 */
export function clipShares(clips: readonly GradedClip[]): ClipShare[] {
  const shareOf = (metric: string, verdicts: readonly (boolean | null)[]): ClipShare => {
    const asked = verdicts.filter((verdict) => verdict !== null);
    return { metric, correct: asked.filter(Boolean).length, n: asked.length };
  };
  const aspects = CLIP_ASPECTS.map(([{ name }, aspect]) =>
    shareOf(
      name,
      clips.map(({ grade }) => grade[aspect]),
    ),
  );
  const categories = [...new Set(clips.map(({ category }) => category))].sort();
  const byCategory = categories.map((category) =>
    shareOf(
      `${clipAlignment.name}:${category}`,
      clips.filter((clip) => clip.category === category).map(({ grade }) => grade.allCorrect),
    ),
  );
  const isSplit = categories.length > 1 && categories.length <= MOST_CATEGORIES;
  return [...aspects, ...(isSplit ? byCategory : [])].filter(({ n }) => n > 0);
}

type Row = { category: string; result: unknown; promptSet: string; promptCount: number };

/**
 * Shares of a run's clips that show what their prompts ask for, as the clip grader reads them, with Wilson's interval. Clips that
 * could not be had are not counted; nothing where no prompt has a clip's truth, or a clip could not be read: a share of the others
 * would be another one.
 * @param prompts count the clips of these only
 */
export async function scoreClips(
  runId: string,
  grader: { id: string; preprocessing: string },
  prompts: PromptSubset | null,
  db: Db,
): Promise<RunScore[]> {
  const rows = await db.$queryRaw<Row[]>`
    select p.category, g.result, t.slug as "promptSet", r.prompt_count::int as "promptCount"
    from samples s
    join runs r on r.id = s.run_id join prompt_sets t on t.id = r.prompt_set_id
    join prompts p on p.id = s.prompt_id
    left join grades g on g.artifact_hash = s.artifact_hash and g.prompt_id = s.prompt_id
      and g.grader_id = ${grader.id}
    where s.run_id = ${runId} and p.truth -> 'kind' is null and p.truth #> '{objects,0,motion}' is not null
      and (${prompts === null} or p.id = any (${prompts?.ids ?? []}::text[]))`;
  if (rows.length === 0 || rows.some(({ result }) => result === null)) return [];
  const [{ promptSet, promptCount }] = rows;
  const clips = rows.map(({ category, result }) => ({ category, grade: result as ClipGrade }));
  return clipShares(clips).map(({ metric, correct, n }) => ({
    metric,
    protocol: {
      metric,
      encoder: grader.id,
      preprocessing: grader.preprocessing,
      samples: n,
      reference: prompts ? promptSet : `${promptSet}[0..${promptCount})`,
      ...(prompts && { prompts: prompts.hash }),
      codeVersion: METRIC_CODE_VERSION,
    },
    ...wilsonInterval(correct, n),
    n,
    caveat: null,
  }));
}
