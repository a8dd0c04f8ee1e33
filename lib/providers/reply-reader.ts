import { headOfJson, JsonReader, type JsonLimits, type JsonReply } from "@/lib/providers/json-reader";
import type { BodyReader } from "@/lib/providers/read-body";

/** An answer that is JSON, or the image or video itself. */
export interface MediaReply extends JsonReply {
  /** What came instead of JSON; null: JSON, or a page. */
  bytes: Buffer | null;
}

/** Reads JSON as a JsonReader does, and keeps what is neither JSON nor a page: some endpoints answer with the output alone. */
export function mediaReply(limits: JsonLimits): BodyReader<MediaReply> {
  const reader = new JsonReader(limits);
  const chunks: Buffer[] = [];
  let isOther: boolean | null = null;
  return {
    maxBytes: limits.maxBytes,
    push(chunk) {
      const first = isOther === null ? chunk.find((byte) => byte > 0x20) : undefined;
      const enough = isOther === true ? false : reader.push(chunk);
      if (first !== undefined) isOther = enough && first !== "<".charCodeAt(0);
      if (isOther) chunks.push(chunk);
      return enough && isOther !== true;
    },
    end: () => ({ ...reader.end(), bytes: isOther ? Buffer.concat(chunks) : null }),
  };
}

/** The first bytes of an error: JSON, or words for a log. */
export function mediaReplyHead(): BodyReader<MediaReply> {
  const reader = headOfJson();
  return { ...reader, end: () => ({ ...reader.end(), bytes: null }) };
}
