import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import {
  storedCurve,
  storedForensics,
  storedMetrics,
  storedPictures,
  type StoredForensics,
  type StoredPictures,
} from "@/lib/evaluation/examination";
import { isFinal } from "@/lib/evaluation/run-lifecycle";
import { readProtocolMismatches } from "@/lib/evaluation/protocol-mismatches";
import type { RunExaminationView } from "@/lib/schemas/examination";

/** Groups and pictures listed of each kind; the counts in the remarks are of all. */
const LISTED = 12;

type Shown = Map<string, { sampleId: string; url: string; prompt: string }>;

/**
 * What a run's examination found, as its page shows it. Runs of models that are not listed exist for their submitter only.
 * @throws SalonError not_found
 */
export async function readExamination(
  ask: { runId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<RunExaminationView> {
  const run = await tx.run.findUnique({
    where: { id: ask.runId },
    select: {
      id: true,
      state: true,
      model: { select: { listed: true, submitterId: true } },
      examination: { omit: { influences: true } },
      metrics: { where: { metric: { startsWith: "fd-" } }, select: { metric: true } },
    },
  });
  const own = ask.voterId !== null && run?.model.submitterId === ask.voterId;
  if (!run || !(run.model.listed || own)) throw new SalonError("not_found", "There is no such run.");
  const label = run.metrics[0]?.metric.replace(/^fd/, "FD") ?? "FD";
  const found = run.examination;
  if (found === null) {
    return {
      state: run.state === "PUBLISHED" ? await stateOfJob(run.id, tx) : "waiting",
      distanceLabel: label,
      reference: null,
      metrics: [],
      curve: null,
      most: [],
      least: [],
      closest: [],
      forensics: null,
      mismatches: [],
    };
  }
  const reference =
    found.referenceId === null
      ? null
      : await tx.referenceSet.findUnique({
          where: { id: found.referenceId },
          select: { id: true, name: true, n: true },
        });
  const pictures = storedPictures.parse(found.pictures);
  const all = storedForensics.parse(found.forensics);
  const forensics = cut(all);
  const shown = await samplesById(idsOf(pictures, forensics), tx);
  const curve = found.curve === null ? null : storedCurve.parse(found.curve);
  const metrics = storedMetrics.parse(found.metrics);
  const atInfinity = metrics.find(({ name }) => name === "fd_infinity")?.values[0];
  const looked = (list: StoredPictures["most"]) =>
    list.flatMap(({ sampleId, score, neighbours }) => {
      const picture = shown.get(sampleId);
      if (!picture) return [];
      const near = reference === null ? [] : neighbours;
      return [
        {
          ...picture,
          score,
          neighbours: near.map(({ index, distance }) => ({
            url: `/media/references/${reference?.id}/${index}`,
            distance,
          })),
        },
      ];
    });
  const list = (ids: string[]) => ids.flatMap((id) => shown.get(id) ?? []);
  return {
    state: "ready",
    distanceLabel: label,
    reference,
    // The Fréchet distance itself stands among the run's scores.
    metrics: metrics
      .filter(({ name }) => name !== "fd")
      .map(({ name, title, better, values, n, nReference, protocol, protocolHash, caveat, problem }) => {
        return {
          name,
          title,
          better,
          values: values.map(({ key, value, low, high }) => ({ key, value, low, high })),
          n,
          nReference,
          reference: protocol.reference,
          protocol: protocolHash,
          protocolText: `${protocol.metric}; ${protocol.encoder}; ${protocol.preprocessing}`,
          caveat,
          problem,
        };
      }),
    curve: curve && { ...curve, low: atInfinity?.low ?? null, high: atInfinity?.high ?? null },
    most: looked(pictures.most),
    least: looked(pictures.least),
    closest: looked(pictures.closest),
    forensics: {
      ...forensics,
      totals: {
        exactDuplicates: all.exactDuplicates.length,
        nearDuplicates: all.nearDuplicates.length,
        narrowRange: all.narrowRange.length,
        corrupt: all.corrupt.length,
      },
      exactDuplicates: forensics.exactDuplicates.map(list),
      nearDuplicates: forensics.nearDuplicates.map(list),
      narrowRange: list(forensics.narrowRange),
      corrupt: forensics.corrupt.map(({ name, reason }) => ({
        name: shown.get(name)?.prompt ?? name,
        reason,
      })),
    },
    mismatches: isFinal(run.state) ? await readProtocolMismatches(run.id, tx) : [],
  };
}

async function stateOfJob(runId: string, tx: Tx): Promise<"computing" | "failed"> {
  const spent = await tx.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs
    where key = ${`${runId}:examine`} and attempts >= max_attempts and locked_at is null`;
  return spent.length > 0 ? "failed" : "computing";
}

function cut(forensics: StoredForensics): StoredForensics {
  const { exactDuplicates, nearDuplicates, narrowRange, corrupt } = forensics;
  return {
    ...forensics,
    exactDuplicates: exactDuplicates.slice(0, LISTED).map((group) => group.slice(0, LISTED)),
    nearDuplicates: nearDuplicates.slice(0, LISTED).map((group) => group.slice(0, LISTED)),
    narrowRange: narrowRange.slice(0, 2 * LISTED),
    corrupt: corrupt.slice(0, 4 * LISTED),
  };
}

function idsOf({ most, least, closest }: StoredPictures, forensics: StoredForensics): string[] {
  return [
    ...[...most, ...least, ...closest].map(({ sampleId }) => sampleId),
    ...forensics.exactDuplicates.flat(),
    ...forensics.nearDuplicates.flat(),
    ...forensics.narrowRange,
    ...forensics.corrupt.map(({ name }) => name),
  ];
}

async function samplesById(ids: string[], tx: Tx): Promise<Shown> {
  const samples = await tx.sample.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, prompt: { select: { text: true } } },
  });
  return new Map(
    samples.map(({ id, prompt }) => [id, { sampleId: id, url: `/media/samples/${id}`, prompt: prompt.text }]),
  );
}
