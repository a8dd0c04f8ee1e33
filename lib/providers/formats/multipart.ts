import { randomUUID } from "node:crypto";

/** A form as multipart/form-data has one. */
export interface Form {
  /** What is null or undefined is not sent. */
  fields: Readonly<Record<string, unknown>>;
  files?: readonly FormFile[];
}

export interface FormFile {
  /** The field that it is in; several files may be in one. */
  name: string;
  bytes: Buffer;
  mediaType: string;
}

const ENDINGS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** A form as bytes (RFC 7578). */
export function multipart({ fields, files = [] }: Form): { type: string; bytes: Buffer } {
  const boundary = `salon-${randomUUID()}`;
  const head = (name: string, more: string) =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, "_")}"${more}\r\n\r\n`,
    );
  const end = Buffer.from("\r\n");
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => Buffer.concat([head(name, ""), Buffer.from(`${value as string}`), end]));
  const attached = files.map(({ name, bytes, mediaType }, at) =>
    Buffer.concat([
      head(name, `; filename="${at}.${ENDINGS[mediaType] ?? "bin"}"\r\ncontent-type: ${mediaType}`),
      bytes,
      end,
    ]),
  );
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...parts, ...attached, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
