/** Names of an upload's files, read without looking at the files. */

const MEDIA = /\.(png|jpe?g|webp|gif|mp4|m4v|webm|mov|mkv|avi|mpe?g|m?ts|m2ts|wmv|flv|ogv|3gp)$/i;
const OTHER =
  /\.(txt|json|jsonl|csv|tsv|md|ya?ml|html?|pdf|log|py|ipynb|npy|npz|pt|pth|ckpt|safetensors|zip|tar|t?gz)$/i;

export interface FileName {
  /** As the archive has it. */
  name: string;
  /** Its folders and, last, its base name without the extension of an image or a video; in Unicode's composed form. */
  parts: string[];
  /** Whether its extension says that it is something else than an image or a video. */
  isOther: boolean;
}

/** The same path in one spelling: slashes, Unicode's composed form. */
export const plainPath = (name: string): string => name.replaceAll("\\", "/").normalize("NFC");

/** A name of a file taken apart. Extensions are told in any case; a name without a known one is whole. */
export function readFileName(name: string): FileName {
  const parts = plainPath(name)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const base = parts.pop() ?? "";
  return { name, parts: [...parts, base.replace(MEDIA, "")], isOther: OTHER.test(base) };
}

/** Whether a name leads out of the archive: an absolute path, a drive, or a step up. */
export function leadsOutside(name: string): boolean {
  const path = plainPath(name);
  return path.startsWith("/") || /^[a-z]:\//i.test(path) || path.split("/").includes("..");
}
