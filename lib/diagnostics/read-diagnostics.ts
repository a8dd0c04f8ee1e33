import { mayBeNamed } from "@/lib/prompts/named-samples";
import { db, type Tx } from "@/lib/db/client";
import type { EncoderExamination } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { BUNDLED_ENCODER, scoringPlan, type EncoderInUse } from "@/lib/references/encoders-in-use";
import {
  storedCurve,
  storedForensics,
  storedMetrics,
  storedImages,
  type StoredForensics,
  type StoredImages,
} from "@/lib/diagnostics/diagnostics";
import { isFinal } from "@/lib/runs/run-lifecycle";
import { readProtocolMismatches } from "@/lib/diagnostics/protocol-mismatches";
import { distanceManifest, sampleReference } from "@/lib/scoring/scoring-features";
import { maySee, type Viewer } from "@/lib/models/visibility";
import { featuresId } from "@/lib/encoders/features-id";
import type { EncoderExaminationView, RunExaminationView } from "@/lib/schemas/examination";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

/** Groups and images listed of each kind; the counts in the remarks are of all. */
const LISTED = 12;
/** Samples shown as the most and the least realistic, and as the nearest to a reference image. */
const SHOWN = 8;

/** By sample. Those that may not be shown with their model's name have a prompt alone. */
type Shown = Map<string, { sampleId: string; url: string | null; prompt: string }>;
type Visible = { sampleId: string; url: string; prompt: string };
type Found = Omit<EncoderExamination, "influences">;

/**
 * What a run's examination found, as its page shows it. Runs of models that are not listed exist for their submitter only; of
 * listed ones no sample of a prompt in the arena is shown, though all were examined.
 * @throws SalonError not_found
 */
export async function readExamination(
  ask: { runId: string } & Viewer,
  tx: Tx = db(),
): Promise<RunExaminationView> {
  const run = await tx.run.findUnique({
    where: { id: ask.runId },
    select: {
      id: true,
      state: true,
      model: { select: { listed: true, submitterId: true } },
      examination: true,
      examinations: { omit: { influences: true } },
    },
  });
  if (!run || !maySee(run.model, ask)) throw new SalonError("not_found", "There is no such run.");
  const inUse = (await scoringPlan(run.id, tx)).encoders;
  const job = run.state === "PUBLISHED" ? await stateOfJob(run.id, tx) : "waiting";
  const mismatches = isFinal(run.state) ? await readProtocolMismatches(run.id, tx) : [];
  const nothing = { encoders: [], pending: [], forensics: null, mismatches };
  if (run.examination === null) return { ...nothing, state: job === "done" ? "computing" : job };

  const all = storedForensics.parse(run.examination.forensics);
  const forensics = cut(all);
  const found = inUse.flatMap((encoder) => {
    const row = run.examinations.find((each) => each.encoderId === featuresId(encoder));
    return row ? [{ encoder, row, images: storedImages.parse(row.images) }] : [];
  });
  const shown = await samplesById([...found.flatMap(({ images }) => idsOf(images)), ...idsIn(forensics)], tx); // prettier-ignore
  const list = (ids: string[]) => ids.flatMap((id) => visible(shown.get(id)));
  return {
    state: "ready",
    encoders: await Promise.all(
      found.map(({ encoder, row, images }) => viewOf(encoder, row, images, shown, tx)),
    ),
    pending: job === "computing" ? await pendingOf(inUse, run.examinations, tx) : [],
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
    mismatches,
  };
}

async function viewOf(
  encoder: EncoderInUse,
  found: Found,
  images: StoredImages,
  shown: Shown,
  tx: Tx,
): Promise<EncoderExaminationView> {
  const reference =
    found.referenceId === null
      ? null
      : await tx.referenceSet.findUnique({
          where: { id: found.referenceId },
          select: { id: true, name: true, n: true },
        });
  const curve = found.curve === null ? null : storedCurve.parse(found.curve);
  const metrics = storedMetrics.parse(found.metrics);
  const atInfinity = metrics.find(({ name }) => name === "fd_infinity")?.values[0];
  const looked = (list: StoredImages["most"]) => {
    const images = list.flatMap(({ sampleId, score, neighbours }) => {
      const [image] = visible(shown.get(sampleId));
      if (image === undefined) return [];
      const near = reference === null ? [] : neighbours;
      return [
        {
          ...image,
          score,
          neighbours: near.map(({ index, distance }) => ({
            url: `/media/references/${reference?.id}/${index}`,
            distance,
          })),
        },
      ];
    });
    return images.slice(0, SHOWN);
  };
  return {
    id: found.encoderId,
    encoder: encoder.id,
    distanceLabel: found.distanceLabel,
    isBundled: encoder.name === BUNDLED_ENCODER,
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
    most: looked(images.most),
    least: looked(images.least),
    closest: looked(images.closest),
  };
}

/** Labels of the encoders that have reference images and have not examined the run. */
async function pendingOf(inUse: EncoderInUse[], found: Found[], tx: Tx): Promise<string[]> {
  const labels: string[] = [];
  for (const encoder of inUse) {
    if (found.some((row) => row.encoderId === featuresId(encoder))) continue;
    const canBe = (await sampleReference(encoder, tx)) && (await distanceManifest(encoder, tx));
    if (canBe) labels.push(encoder.distanceLabel);
  }
  return labels;
}

async function stateOfJob(runId: string, tx: Tx): Promise<"computing" | "failed" | "done"> {
  const [job] = await tx.$queryRaw<{ isSpent: boolean }[]>`
    select attempts >= max_attempts and locked_at is null as "isSpent"
    from graphile_worker.jobs where key = ${`${runId}:examine`}`;
  return job === undefined ? "done" : job.isSpent ? "failed" : "computing";
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

function visible(sample: { sampleId: string; url: string | null; prompt: string } | undefined): Visible[] {
  return sample === undefined || sample.url === null ? [] : [{ ...sample, url: sample.url }];
}

const idsOf = ({ most, least, closest }: StoredImages) =>
  [...most, ...least, ...closest].map(({ sampleId }) => sampleId);

const idsIn = ({ exactDuplicates, nearDuplicates, narrowRange, corrupt }: StoredForensics) => [
  ...exactDuplicates.flat(),
  ...nearDuplicates.flat(),
  ...narrowRange,
  ...corrupt.map(({ name }) => name),
];

async function samplesById(ids: string[], tx: Tx): Promise<Shown> {
  const samples = await tx.sample.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      state: true,
      prompt: { select: { text: true, arena: true } },
      model: { select: { listed: true } },
    },
  });
  return new Map(
    samples.map((sample) => {
      const { id, prompt } = sample;
      const url = mayBeNamed(sample) && mayBeLookedAt(sample) ? sampleAddress(sample) : null;
      return [id, { sampleId: id, url, prompt: prompt.text }];
    }),
  );
}
