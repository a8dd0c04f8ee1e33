import { writeZip } from "@/lib/media/files/zip";
import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";

/** A checkpoint as torch.save writes it (zip, pickle protocol 2): a dictionary of float32 tensors. */
export function torchCheckpoint(tensors: Checkpoint): Uint8Array {
  const files: { name: string; bytes: Uint8Array }[] = [];
  const parts: Buffer[] = [Buffer.from("\x80\x02}(", "latin1")];
  const put = (text: string) => parts.push(Buffer.from(text, "latin1"));
  const text = (value: string) => {
    const length = Buffer.alloc(5);
    length.write("X", "latin1");
    length.writeUInt32LE(Buffer.byteLength(value), 1);
    parts.push(length, Buffer.from(value));
  };
  const integer = (value: number) => {
    const bytes = Buffer.alloc(5);
    bytes.write("J", "latin1");
    bytes.writeInt32LE(value, 1);
    parts.push(bytes);
  };
  const integers = (values: number[]) => {
    put("(");
    values.forEach(integer);
    put("t");
  };
  for (const [name, { shape, data }] of tensors) {
    const key = String(files.length);
    files.push({
      name: `archive/data/${key}`,
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
    text(name);
    put("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    put("ctorch\nFloatStorage\n");
    text(key);
    text("cpu");
    integer(data.length);
    put("tQ");
    integer(0);
    integers(shape);
    integers(shape.map((_, i) => shape.slice(i + 1).reduce((product, side) => product * side, 1)));
    put("\x89ccollections\nOrderedDict\n)RtR");
  }
  put("u.");
  return writeZip([{ name: "archive/data.pkl", bytes: Buffer.concat(parts) }, ...files]);
}
