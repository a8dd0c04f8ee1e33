import { z } from "zod";

/** One tensor of a safetensors file, its bytes where they lie in the file. */
export interface StoredTensor {
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}

const headerSchema = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.number().int().nonnegative()),
    data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
  }),
);

/**
 * The tensors of a safetensors file (https://github.com/huggingface/safetensors): eight bytes with the header's length, the
 * header as JSON, then the tensors' bytes, little-endian.
 * @throws Error when it is no such file
 */
export function readSafetensors(file: Buffer): Map<string, StoredTensor> {
  const length = file.length < 8 ? NaN : Number(file.readBigUInt64LE(0));
  if (!(length <= file.length - 8))
    throw new Error("The file is no safetensors file: its header is cut off.");
  const json = JSON.parse(file.toString("utf8", 8, 8 + length)) as Record<string, unknown>;
  const { __metadata__: _, ...described } = json;
  const data = file.subarray(8 + length);
  const tensors = new Map<string, StoredTensor>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [begin, end],
    },
  ] of Object.entries(headerSchema.parse(described))) {
    if (begin > end || end > data.length) throw new Error(`The safetensors file is cut off in ${name}.`);
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end) });
  }
  return tensors;
}
