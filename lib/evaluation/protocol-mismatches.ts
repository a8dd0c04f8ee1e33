import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { protocolDifferences, type Protocol } from "@/lib/metrics/protocol";
import type { RunExaminationView } from "@/lib/schemas/examination";

const protocolSchema = z.object({
  metric: z.string(),
  encoder: z.string(),
  preprocessing: z.string(),
  samples: z.number(),
  reference: z.string(),
  codeVersion: z.string().optional(),
});

type Score = { metric: string; protocolHash: string; protocol: unknown };
type Other = Score & { slug: string; name: string };

/**
 * Where a run's scores may not be compared with those of the models listed on its boards: for each metric, how many of
 * them were scored under another protocol, and in what the first such differs. Of each model the run counts that its
 * board shows.
 */
export async function readProtocolMismatches(
  runId: string,
  tx: Tx,
): Promise<RunExaminationView["mismatches"]> {
  const own = await tx.metricResult.findMany({
    where: { runId },
    select: { metric: true, protocolHash: true, protocol: true },
  });
  if (own.length === 0) return [];
  const others = await tx.$queryRaw<Other[]>`
    select b.slug, b.name, r.metric, r."protocolHash", r.protocol
    from "Run" mine join "Board" b on b."promptSetId" = mine."promptSetId"
    cross join lateral (
      select distinct on (run."modelId") run.id from "Run" run join "Model" m on m.id = run."modelId"
      where run.state = 'PUBLISHED' and m.listed and m.modality = b.modality
        and run."modelId" <> mine."modelId"
      order by run."modelId", run."promptCount" * run."samplesPerPrompt" desc,
        run."finishedAt" desc nulls last, run.id desc
    ) best
    join "MetricResult" r on r."runId" = best.id
    where mine.id = ${runId}
    order by b.slug, r.metric, best.id`;
  const boards = [...new Set(others.map(({ slug }) => slug))];
  return own.flatMap((score) =>
    boards.flatMap((board) => {
      const rivals = others.filter(({ slug, metric }) => slug === board && metric === score.metric);
      const differing = rivals.filter(({ protocolHash }) => protocolHash !== score.protocolHash);
      if (differing.length === 0) return [];
      return [
        {
          board: { slug: board, name: rivals[0].name },
          metric: score.metric,
          others: rivals.length,
          differing: differing.length,
          differences: differencesOf(score.protocol, differing[0].protocol),
        },
      ];
    }),
  );
}

/** Differences between two stored protocols. */
export function differencesOf(first: unknown, second: unknown) {
  const [a, b] = [protocolSchema.safeParse(first), protocolSchema.safeParse(second)];
  if (!a.success || !b.success) return [];
  return protocolDifferences(a.data satisfies Protocol, b.data satisfies Protocol);
}
