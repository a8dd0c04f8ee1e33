import type { Operation } from "@/lib/schemas/operations/operation";

export const REFERENCES_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/references",
    id: "listReferences",
    tag: "References",
    summary: "List the reference sets",
    success: { status: 200, description: "The sets.", schema: "ReferenceList" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/references",
    id: "uploadReference",
    tag: "References",
    summary: "Upload a reference set",
    description:
      "The body is the file: a .zip or .tar of PNG, JPEG and WebP images, or, for a video encoder, of MP4, WebM, GIF, animated WebP and folders of frames; or a .npz of statistics (mu, sigma). A worker builds the set; poll it. Its samples are shown to its owner only.",
    query: [
      { name: "name", required: true, description: "What it is called." },
      { name: "encoder", description: "toybox-encoder unless told." },
      { name: "resize", description: "clean, tf1 or torch; the encoder's own unless told." },
      { name: "frames", description: "Frames read of a video; the encoder's own number unless told." },
      { name: "n", description: "Samples behind a .npz, where known." },
    ],
    upload: ["application/octet-stream"],
    success: { status: 201, description: "{id}" },
    errors: [400, 403, 409, 413, 429, 503],
  },
  {
    method: "get",
    path: "/api/v1/references/{referenceId}",
    id: "readReference",
    tag: "References",
    summary: "Read a reference set",
    success: { status: 200, description: "The set.", schema: "ReferenceSet" },
    errors: [404],
  },
  {
    method: "delete",
    path: "/api/v1/references/{referenceId}",
    id: "removeReference",
    tag: "References",
    summary: "Remove a reference set of your own",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404, 409],
  },
  {
    method: "get",
    path: "/api/v1/references/{referenceId}/statistics",
    id: "exportStatistics",
    tag: "References",
    summary: "Download mean and covariance",
    description: "A .npz of float64 mu [d] and sigma [d, d], as pytorch-fid's tools read it.",
    success: {
      status: 200,
      description: "The archive.",
      mediaTypes: ["application/octet-stream"],
    },
    errors: [404, 409, 429],
  },
];
