import type { StoredFileRemark } from "@/lib/schemas/reasons/file-remark";

/** What is odd about files, in words; a remark that an earlier release stored as a sentence is shown as it is. */
export function fileRemarkText(remark: StoredFileRemark): string {
  if (typeof remark === "string") return remark;
  switch (remark.code) {
    case "unreadable":
      return `${of(remark.files, "file", "files")} cannot be decoded.`;
    case "exact_copies":
      return `${of(remark.files, "file is an exact copy", "files are exact copies")} of another.`;
    case "alike":
      return `${of(remark.files, "image looks", "images look")} the same as another.`;
    case "mixed_resolutions":
      return `${remark.resolutions} resolutions are mixed.`;
    case "mixed_formats":
      return `Formats are mixed: ${remark.formats.join(", ")}.`;
    case "lossy":
      return "JPEG artefacts are part of what is measured: the reference should be coded alike.";
    case "narrow_range":
      return `${of(remark.files, "image is nearly flat or uses", "images are nearly flat or use")} a narrow value range.`;
    case "other_formats":
      return `Samples are ${remark.samples.join(", ")}, the reference is ${remark.reference.join(", ")}.`;
    case "other_resolutions":
      return `Samples of ${remark.samples.join(", ")} pixels are held against a reference of ${remark.reference.join(", ")}.`;
  }
}

const of = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
