import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { EncoderError } from "@/lib/encoders/encoder-error";

const weightsFile = z.object({
  path: z.string().regex(/^[\w-][\w.-]*\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const cardSchema = z.object({ files: z.record(z.string(), weightsFile) });

/** Whether the weights of an encoder or grader that comes with Salon are there at all: its folder has a card. */
export const hasCard = (folder: string): Promise<boolean> =>
  access(path.join(folder, "card.json")).then(
    () => true,
    () => false,
  );

/**
 * Where a folder's card.json says a part of the weights lies, and the hash that it must have.
 * @throws EncoderError WEIGHTS_MISSING (no card), BAD_MANIFEST (a card that does not name the part)
 */
export async function weightsOnCard(folder: string, part: string): Promise<{ file: string; sha256: string }> {
  const card = path.join(folder, "card.json");
  const text = await readFile(card, "utf8").catch((error: unknown) => {
    throw new EncoderError("WEIGHTS_MISSING", `There is no ${card}.`, { cause: error });
  });
  let files: z.infer<typeof cardSchema>["files"];
  try {
    files = cardSchema.parse(JSON.parse(text)).files;
  } catch (error) {
    throw new EncoderError("BAD_MANIFEST", `${card} is not a model card.`, { cause: error });
  }
  if (!Object.hasOwn(files, part)) throw new EncoderError("BAD_MANIFEST", `${card} names no file ${part}.`);
  return { file: path.join(folder, files[part].path), sha256: files[part].sha256 };
}
