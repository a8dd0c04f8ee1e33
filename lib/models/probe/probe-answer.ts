import { encodeDerivative } from "@/lib/media/image-derivative";
import type { Probed } from "@/lib/models/probe/probe-endpoint";
import type { ConnectionTestResponse } from "@/lib/schemas/submissions";

/** A probe as who asked for it is told. */
export async function probeAnswer({
  capability,
  failure,
  image,
  prompt,
}: Probed): Promise<ConnectionTestResponse> {
  const { outcome, calls, size } = capability;
  const [{ latencyMs, costUsd }] = calls;
  const derivative = image === null ? null : await encodeDerivative(image.bytes);
  return {
    ok: failure === null,
    outcome,
    message:
      failure ??
      `It works: ${image === null ? "a video" : `an image of ${size.came} pixels`} in ${(latencyMs / 1000).toFixed(1)} s.`,
    latencyMs,
    width: image?.width ?? null,
    height: image?.height ?? null,
    costUsd,
    prompt,
    imageDataUrl: derivative === null ? null : `data:image/webp;base64,${derivative.toString("base64")}`,
    capability,
  };
}
