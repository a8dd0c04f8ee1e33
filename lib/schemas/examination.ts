import { z } from "zod";
import { revision } from "@/lib/schemas/error-response";
import { storedFileRemark } from "@/lib/schemas/reasons/file-remark";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { storedReferenceFailure } from "@/lib/schemas/reasons/reference-failure";
import { submittedBy } from "@/lib/schemas/stack/stack-facts";

/** What a run's page shows of its samples beside the scores. */

const image = z.object({ sampleId: z.string(), url: z.string(), prompt: z.string() });

const lookedAt = image.extend({
  score: z
    .number()
    .nullable()
    .describe(
      "Realism score, or for `closest` the distance over the real image's own nearest; null: a copy.",
    ),
  neighbours: z
    .array(z.object({ url: z.string(), distance: z.number() }))
    .describe("Nearest reference images, nearest first."),
});

export const examinedMetric = z.object({
  name: z.string(),
  title: z.string(),
  better: z.string().describe("lower, higher, or nearer to 0.5."),
  values: z.array(z.object({ key: z.string(), value: z.number(), low: z.number(), high: z.number() })),
  n: z.number().int(),
  nReference: z.number().int().nullable(),
  reference: z.string().describe("sha256 of the reference's manifest."),
  protocol: z.string().describe("Protocol hash: only values with one hash may be compared."),
  protocolText: z.string(),
  caveat: storedCaveat.nullable(),
  problem: z.string().nullable().describe("Why there are no values."),
});

export const encoderExamination = z.object({
  id: z.string().describe("Of the encoder's weights and preprocessing."),
  encoder: z.string(),
  distanceLabel: z.string().describe("What a Fréchet distance of this encoder is called."),
  isBundled: z.boolean().describe("Salon's own small encoder, whose numbers are comparable here alone."),
  reference: z
    .object({ id: z.string(), name: z.string(), n: z.number().int().nullable() })
    .nullable()
    .describe("The images that the samples were compared with one by one; null: removed since."),
  metrics: z.array(examinedMetric),
  curve: z
    .object({
      points: z.array(z.object({ n: z.number().int(), distance: z.number() })),
      infinity: z.number(),
      standardError: z.number(),
      slope: z.number(),
      low: z.number().nullable().describe("95% interval of the distance at infinite n."),
      high: z.number().nullable(),
    })
    .nullable(),
  most: z.array(lookedAt).describe("The most realistic samples."),
  least: z.array(lookedAt),
  closest: z.array(lookedAt).describe("The samples nearest to a reference image: copies, if any are."),
});

const forensics = z.object({
  n: z.number().int(),
  badge: z.enum(["clean", "look", "bad"]),
  formats: z.record(z.string(), z.number().int()),
  resolutions: z.record(z.string(), z.number().int()),
  totals: z
    .object({
      exactDuplicates: z.number().int(),
      nearDuplicates: z.number().int(),
      narrowRange: z.number().int(),
      corrupt: z.number().int(),
    })
    .describe("How many there are; the lists below are cut."),
  exactDuplicates: z.array(z.array(image)),
  nearDuplicates: z.array(z.array(image)),
  narrowRange: z.array(image),
  corrupt: z.array(z.object({ name: z.string(), reason: z.string() })),
  remarks: z.array(storedFileRemark).describe("What is odd; a text where an earlier release stored one."),
});

export const runExamination = z.object({
  state: z
    .enum(["waiting", "computing", "failed", "ready"])
    .describe(
      "waiting: the run is not scored yet; computing: a worker is at it; failed: it was tried in vain.",
    ),
  encoders: z
    .array(encoderExamination)
    .describe("One for each encoder that has examined it, the bundled first."),
  pending: z.array(z.string()).describe("Labels of encoders that have still to examine it."),
  forensics: forensics.nullable(),
  mismatches: z
    .array(
      z.object({
        board: z.object({ slug: z.string(), name: z.string() }),
        metric: z.string(),
        others: z.number().int().describe("Models of the board with this metric."),
        differing: z.number().int().describe("Of them, those scored under another protocol."),
        differences: z.array(z.object({ field: z.string(), first: z.string(), second: z.string() })),
      }),
    )
    .describe("Where this run may not be compared with models of its board, and why."),
});

const examinedMetricResponse = examinedMetric.extend({ caveat: z.string().nullable() });

/** The same as the API gives it: with caveats and remarks in words. */
export const runExaminationResponse = runExamination.extend({
  encoders: z.array(encoderExamination.extend({ metrics: z.array(examinedMetricResponse) })),
  forensics: forensics
    .extend({
      remarks: z.array(z.string()).describe("`notes` in words."),
      notes: forensics.shape.remarks,
    })
    .nullable(),
});

export const comparedValue = z.object({
  metric: z.string(),
  key: z.string(),
  first: z.number(),
  second: z.number(),
  n: z.number().int().describe("Samples of either run."),
  difference: z.number().nullable().describe("first - second; null where the protocols differ."),
  low: z.number().nullable(),
  high: z.number().nullable(),
  pValue: z.number().nullable(),
  paired: z.boolean(),
  differences: z
    .array(z.object({ field: z.string(), first: z.string(), second: z.string() }))
    .describe("In what the two protocols differ; empty when they may be compared."),
});

const comparedRun = z.object({
  runId: z.string(),
  model: z.string(),
  promptSet: z.string(),
  n: z.number().int().describe("All its samples."),
});

export const runComparison = z.object({
  state: z
    .enum(["ready", "needed", "computing", "failed"])
    .describe("needed: POST here to have the metrics computed over the common prompts, then ask again."),
  first: comparedRun,
  second: comparedRun,
  prompts: z
    .number()
    .int()
    .nullable()
    .describe(
      "Prompts that both have answered, which they are compared over; null: too few, so nothing is paired.",
    ),
  isWhole: z.boolean().describe("Whether that is every sample of both."),
  alignment: comparedValue.nullable().describe("null where prompts have no ground truth."),
  encoders: z.array(
    z.object({
      id: z.string(),
      distanceLabel: z.string(),
      comparable: z.boolean().describe("Whether every metric that both have is of one protocol."),
      values: z.array(comparedValue),
    }),
  ),
});

export const referenceSet = z.object({
  revision,
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: z.string(),
  state: z.enum(["BUILDING", "READY", "FAILED"]),
  failedFor: storedReferenceFailure
    .nullable()
    .describe("Why it could not be built; a text where an earlier release stored one."),
  samples: z.enum(["images", "videos"]).describe("What it is a set of, by its encoder."),
  done: z.number().int().describe("Images or videos read so far."),
  total: z.number().int().nullable(),
  n: z.number().int().nullable(),
  dimension: z.number().int(),
  encoder: z.string(),
  isEncoderHere: z
    .boolean()
    .describe(
      "Whether that encoder is installed here, with these weights: no run is scored with the set else.",
    ),
  preprocessing: z.string(),
  manifest: z.string().nullable(),
  resolutions: z.record(z.string(), z.number().int()).nullable(),
  formats: z.record(z.string(), z.number().int()).nullable().describe("Codings, of videos by codec."),
  videos: z
    .object({
      frames: z.number().int().describe("Frames read of each, from its start."),
      rates: z.record(z.string(), z.number().int()).describe("Videos by frames a second, where they say it."),
      seconds: z
        .object({ least: z.number(), median: z.number(), most: z.number() })
        .optional()
        .describe("How long they last, where they say it."),
    })
    .nullable()
    .describe("null for images, and for statistics alone."),
  scoresDistance: z.boolean(),
  scoresSamples: z.boolean(),
  own: z.boolean(),
  submittedBy: submittedBy.describe("A visitor's is named by the visitor."),
  createdAt: z.string(),
  examples: z
    .array(z.string())
    .describe(
      "Addresses of a few of its images or videos, where they may be shown. Of a video, ?still gives its first frame.",
    ),
});

export const referenceList = z.object({
  references: z.array(referenceSet),
  uploadMegabytes: z.number().int().describe("Largest upload; 0: uploads are off."),
  encoders: z.array(z.string()).describe("Encoders that a set may be embedded with here."),
  videoEncoders: z.array(z.string()).describe("Those of them that read videos."),
});

/** The same as the API gives them: with their codes in words. */
export const referenceUse = z.object({ action: z.enum(["use", "retire"]) }).strict();

export const referenceSetResponse = referenceSet.extend({
  failureReason: z.string().nullable().describe("`failedFor` in words."),
});
export const referenceListResponse = referenceList.extend({ references: z.array(referenceSetResponse) });

export type ComparedValue = z.output<typeof comparedValue>;
export type EncoderExaminationView = z.output<typeof encoderExamination>;
export type RunExaminationResponse = z.output<typeof runExaminationResponse>;
export type RunExaminationView = z.output<typeof runExamination>;
export type ExaminedImage = z.output<typeof lookedAt>;
export type ExaminedMetricView = z.output<typeof examinedMetric>;
export type RunComparison = z.output<typeof runComparison>;
export type ReferenceUse = z.output<typeof referenceUse>;
export type ReferenceSetView = z.output<typeof referenceSet>;
export type ReferenceList = z.output<typeof referenceList>;
export type ReferenceSetResponse = z.output<typeof referenceSetResponse>;
export type ReferenceListResponse = z.output<typeof referenceListResponse>;
