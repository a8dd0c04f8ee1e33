import { sha256 } from "@/lib/encoders/manifest";

/** What nearly every encoder calls its output: all bundled and standard ones do. */
const USUAL_OUTPUT = "features";

/**
 * An encoder's id: its name and 12 hex digits. They are the first of its weights' sha256 where its output has the usual name; of
 * another output, of a hash over both, since one ONNX file may have several outputs that are features. Features and protocols
 * are kept under it, so two outputs of one file are never mixed.
 * @param weights sha256 (hex) of the ONNX file or checkpoint
 * @param output name of the output that is its features
 */
export function encoderId(name: string, weights: string, output: string): string {
  const hash = output === USUAL_OUTPUT ? weights : sha256(Buffer.from(`${weights}\noutput ${output}\n`));
  return `${name}@${hash.slice(0, 12)}`;
}
