import { z } from "zod";
import {
  endpointUrl,
  pixelSize,
  providerModel,
  timeoutSeconds,
} from "@/lib/schemas/endpoints/endpoint-fields";
import { extraFields } from "@/lib/schemas/extra-fields";
import { formatId } from "@/lib/schemas/formats/formats";
import { shownName, shownText } from "@/lib/schemas/shown-name";

/** The catalogue's entries: models that are known, so that whoever submits one chooses a name and pastes a key. */

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** As exactly as it is known: 2026, 2026-04 or 2026-04-21. */
const date = z.string().regex(/^20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);
const price = z.number().gt(0).max(1_000);

const source = z.object({
  name: z.string().min(1),
  address: z.url({ protocol: /^https$/ }),
  seen: date.describe("When it was read."),
});

const facts = z.object({
  name: shownName,
  creator: shownName,
  format: formatId,
  endpointUrl,
  providerModel,
  price: z
    .object({
      perImageUsd: price.describe("Of an image of `imageSize`."),
      perMegapixelUsd: z
        .object({ first: price, further: price.optional() })
        .optional()
        .describe(
          "Where it is sold by the megapixel: the first one, and each further one where that is known.",
        ),
      source,
    })
    .optional()
    .describe("List price in US dollars; absent: none was found."),
  released: date.optional(),
  openWeights: z.boolean().optional(),
  licence: shownText.optional().describe("Of the weights."),
  parameters: z.number().int().positive().optional().describe("Of the network that generates."),
  paradigm: shownText.optional(),
  architecture: shownText.optional(),
  representation: shownText.optional(),
  textConditioning: shownText.optional(),
  imageSize: pixelSize.describe("A size that it draws."),
  steps: z.number().int().optional(),
  guidance: z.number().optional(),
  extraFields: extraFields.optional().describe("Further fields of each request, such as a quality."),
  timeoutSeconds: timeoutSeconds.describe(
    "How long an image may take, where that is not as its format's usually do.",
  ),
});

export const preset = facts
  .extend({
    id: slug,
    source: source.describe("Of everything but the price."),
    unsure: z
      .array(z.enum(Object.keys(facts.shape) as [keyof typeof facts.shape, ...(keyof typeof facts.shape)[]]))
      .optional()
      .describe("Facts that the source does not say for certain."),
    note: z.string().optional(),
  })
  .strict();

/** A figure that somebody else published of a model. It is shown beside ours and enters nothing that is computed here. */
export const publishedElsewhere = z
  .object({
    preset: slug,
    by: z.string().min(1),
    address: z.url({ protocol: /^https$/ }),
    seen: z.iso.date(),
    what: z.string().min(1).describe("What it is called there, such as Elo."),
    value: z.number(),
  })
  .strict();

/** Models whose vendors have switched them off: no preset may name one. */
const ended = z.object({ names: z.array(z.string()), on: z.iso.date() }).strict();

export const catalogueFile = z
  .object({
    presets: z.array(preset),
    published: z.array(publishedElsewhere),
    ended: z.array(ended),
  })
  .strict();

export const catalogueResponse = z.object({
  presets: z.array(preset),
  published: z
    .array(publishedElsewhere)
    .describe("What others published of them: never part of a rating here."),
});

export type Preset = z.output<typeof preset>;
export type PublishedElsewhere = z.output<typeof publishedElsewhere>;
