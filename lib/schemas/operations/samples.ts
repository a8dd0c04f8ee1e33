import type { Operation } from "@/lib/schemas/operations/operation";

const BYTES = "/api/v1/samples/uploads/{uploadId}/bytes";

export const SAMPLES_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/runs/{runId}/samples",
    id: "exportSamples",
    action: "site.read",
    tag: "Samples",
    summary: "Download a run's samples",
    description:
      "A tar archive of the stored bytes, with a manifest.csv. Of a listed model, samples of prompts in the arena are left out.",
    success: { status: 200, description: "The archive.", mediaTypes: ["application/x-tar"] },
    errors: [404, 429],
  },
  {
    method: "post",
    path: "/api/v1/samples/uploads",
    id: "startSampleUpload",
    action: "samples.upload",
    tag: "Samples",
    summary: "Begin an upload of a model's samples",
    description:
      "A .zip or an uncompressed .tar of images or videos named by their prompts, or with a manifest. Send its bytes to bytesUrl by the tus protocol (1.0.0), then poll. Keep the cookie: only its holder may.",
    body: "SampleUploadRequest",
    success: { status: 201, description: "The upload.", schema: "SampleUpload" },
    errors: [400, 403, 404, 409, 413, 429, 503],
  },
  {
    method: "get",
    path: "/api/v1/samples/uploads/{uploadId}",
    id: "readSampleUpload",
    action: "site.read",
    tag: "Samples",
    summary: "Read an upload of yours",
    success: { status: 200, description: "How far it is, and what did not fit.", schema: "SampleUpload" },
    errors: [404],
  },
  {
    method: "delete",
    path: "/api/v1/samples/uploads/{uploadId}",
    id: "removeSampleUpload",
    action: "samples.send",
    tag: "Samples",
    summary: "Give up an upload that is not over",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404, 409],
  },
  {
    method: "head",
    path: BYTES,
    id: "readSampleUploadOffset",
    action: "samples.send",
    tag: "Samples",
    summary: "How many bytes of an upload are here",
    description: "tus 1.0.0, with the header Tus-Resumable: the answer's Upload-Offset says it.",
    success: { status: 200, description: "Upload-Offset and Upload-Length." },
    errors: [404, 429],
  },
  {
    method: "patch",
    path: BYTES,
    id: "sendSampleUpload",
    action: "samples.send",
    tag: "Samples",
    summary: "Add bytes to an upload",
    description:
      "tus 1.0.0, with the headers Tus-Resumable and Upload-Offset. With the last byte it is read.",
    upload: ["application/offset+octet-stream"],
    success: { status: 204, description: "Upload-Offset says how many bytes are here now." },
    errors: [403, 404, 409, 413, 429, 503],
  },
];
