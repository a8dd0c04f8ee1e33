import { firstDay, priceSourceOf } from "@/lib/schemas/catalogue/catalogue";
import type { Preset } from "@/lib/schemas/catalogue/preset";
import type { SubmissionInput } from "@/lib/schemas/submissions";

/** A submission as a preset fills it in: all but the key. */
export const presetSubmission = (preset: Preset) =>
  ({
    preset: preset.id,
    name: preset.name,
    creator: preset.creator,
    endpointUrl: preset.endpointUrl,
    format: preset.format,
    providerModel: preset.providerModel,
    imageSize: preset.imageSize,
    timeoutSeconds: preset.timeoutSeconds,
    pricePerImageUsd: preset.price?.perImageUsd,
    priceSource: priceSourceOf(preset) ?? undefined,
    openWeights: preset.openWeights,
    licence: preset.licence,
    parameters: preset.parameters,
    releasedAt: preset.released === undefined ? undefined : firstDay(preset.released),
    paradigm: preset.paradigm,
    architecture: preset.architecture,
    representation: preset.representation,
    textConditioning: preset.textConditioning,
    steps: preset.steps,
    guidance: preset.guidance,
    extraFields: preset.extraFields,
  }) satisfies SubmissionInput;
