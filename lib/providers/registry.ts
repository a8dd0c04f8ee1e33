import type { WireFormat } from "@/lib/db/generated/enums";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { OPENAI_IMAGES_FIELDS, orderOpenAiImage } from "@/lib/providers/openai-images";
import type { EndpointAddress, GenerationOutcome, ImageOrder } from "@/lib/providers/outcome";
import type { ParameterFields } from "@/lib/providers/parameter-fields";

/** Orders one image; never throws for what an endpoint does. */
export type ImageAdapter = (
  endpoint: EndpointAddress,
  order: ImageOrder,
  client: GuardedClient,
  signal?: AbortSignal,
) => Promise<GenerationOutcome>;

/** One adapter a wire format; the compiler asks for each. */
export const ADAPTERS: Record<WireFormat, ImageAdapter> = {
  OPENAI_IMAGES: orderOpenAiImage,
};

const FIELDS: Record<WireFormat, ParameterFields> = { OPENAI_IMAGES: OPENAI_IMAGES_FIELDS };

/** By what name requests to an endpoint carry each parameter. The bundled models know no negative prompts. */
export const parameterFields = (endpoint: { wireFormat: WireFormat; bundled: boolean }): ParameterFields => ({
  ...FIELDS[endpoint.wireFormat],
  ...(endpoint.bundled && { negativePrompt: null }),
});
