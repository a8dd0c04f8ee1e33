import { getArtifact } from "@/lib/artifacts/store";
import { plainPng } from "@/lib/media/source-image";
import type { SourceImage } from "@/lib/providers/outcome";
import type { OrderTask } from "@/lib/schemas/formats/order-task";

/**
 * The images of a prompt that an order begins with: of an edit all, of a video the first, of anything else none.
 * @param hashes of the prompt's source artifacts
 * @throws SalonError when one is missing
 */
export function readSources(task: OrderTask, hashes: readonly string[]): Promise<SourceImage[]> {
  const used = task === "image-edit" ? hashes : task === "image-to-video" ? hashes.slice(0, 1) : [];
  return Promise.all(
    used.map(async (sha256) => ({
      bytes: await plainPng(await getArtifact(sha256)),
      mediaType: "image/png",
    })),
  );
}
