import type { WireFormat } from "@/lib/db/generated/enums";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { orderOpenAiImage } from "@/lib/providers/openai-images";
import type { EndpointAddress, GenerationOutcome, ImageOrder } from "@/lib/providers/outcome";

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
